import { alignmentOf, layoutOf, ordersOf, type Field, type Layout } from "#lab";

/** The six fields of the post's struct that can be seen; more are said to follow. */
export const declared: readonly Field[] = [
  { name: "IsActive", type: "bool" },
  { name: "ID", type: "uint64" },
  { name: "IsVerified", type: "bool" },
  { name: "Name", type: "string" },
  { name: "IsAdmin", type: "bool" },
  { name: "Score", type: "float64" },
];

/** As the post's prose has it: the booleans together, then the data. */
export const grouped: readonly Field[] = declared.toSorted((a, b) => Number(b.type === "bool") - Number(a.type === "bool"));

/** Bytes of the smallest record that any order of these fields makes. */
export const smallestOf = (fields: readonly Field[]): number => Math.min(...ordersOf(fields).map((order) => layoutOf(order).size));

/** Where the field begins in each record. */
export const offsetOf = (layout: Layout, name: string): number => layout.fields.find((field) => field.name === name)!.offset;

/** Fields that do not begin at a multiple of their alignment. */
export const misalignedOf = ({ fields }: Layout): number => fields.filter(({ offset, type }) => offset % alignmentOf(type) !== 0).length;

/** Groups of neighbouring booleans. */
export const runsOf = ({ fields }: Layout): number =>
  fields.filter(({ type }, index) => type === "bool" && fields[index - 1]?.type !== "bool").length;

/** The least padding that follows a boolean. */
export const leastAfterBool = ({ fields }: Layout): number =>
  Math.min(...fields.filter(({ type }) => type === "bool").map(({ paddingAfter }) => paddingAfter));

/**
 * Bytes that Go's collector may have to scan in each record: it stops behind the last pointer. A string begins with its pointer.
 * Source: golang.org/x/tools/go/analysis/passes/fieldalignment, "pointer bytes".
 */
export const scannedOf = ({ fields }: Layout): number =>
  fields.reduce((end, { offset, type }) => (type === "string" || type === "pointer" ? offset + 8 : end), 0);

/** Go's allocator knows these sizes up to 128 bytes and rounds up to one of them. Source: go/src/runtime/sizeclasses.go. */
const sizeClasses = [8, 16, 24, 32, 48, 64, 80, 96, 112, 128];

/** Bytes that a single record takes on Go's heap; in a slice, records follow each other without rounding. */
export const slotOf = ({ size }: Layout): number => sizeClasses.find((slot) => slot >= size)!;
