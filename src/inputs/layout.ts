/** Size and alignment on 64-bit machines, in bytes: Go and C share them for scalars. A Go string is a pointer and a length. */
const types = {
  bool: { size: 1, align: 1 },
  int8: { size: 1, align: 1 },
  uint8: { size: 1, align: 1 },
  int16: { size: 2, align: 2 },
  int32: { size: 4, align: 4 },
  float32: { size: 4, align: 4 },
  int64: { size: 8, align: 8 },
  uint64: { size: 8, align: 8 },
  float64: { size: 8, align: 8 },
  pointer: { size: 8, align: 8 },
  string: { size: 16, align: 8 },
} as const;
export type FieldType = keyof typeof types;

export interface Field {
  readonly name: string;
  readonly type: FieldType;
}

export interface PlacedField extends Field {
  readonly offset: number;
  readonly size: number;
  /** Bytes between the end of this field and the next one, or the end of the record. */
  readonly paddingAfter: number;
}

export interface Layout {
  readonly fields: readonly PlacedField[];
  /** Bytes from one record to the next in an array. */
  readonly size: number;
  readonly align: number;
  readonly padding: number;
}

/**
 * Places fields in the order given, each at the next multiple of its alignment, and rounds the record up to its largest alignment:
 * the rule of Go's gc compiler and of the System V C ABI for these types.
 * Source: The Go Programming Language Specification, "Size and alignment guarantees"; System V ABI, AMD64 supplement, 3.1.2.
 */
export const layoutOf = (fields: readonly Field[]): Layout => placed(fields, ({ type }) => types[type].align);

/** The same fields without any padding, wherever that puts them: what Go never does and C only on request. */
export const packedLayoutOf = (fields: readonly Field[]): Layout => placed(fields, () => 1);

function placed(fields: readonly Field[], alignOf: (field: Field) => number): Layout {
  const align = fields.reduce((widest, field) => Math.max(widest, alignOf(field)), 1);
  const roundUp = (offset: number, to: number): number => Math.ceil(offset / to) * to;
  let end = 0;
  const offsets = fields.map((field) => {
    const offset = roundUp(end, alignOf(field));
    end = offset + types[field.type].size;
    return offset;
  });
  const size = roundUp(end, align);
  const all = fields.map((field, index) => {
    const offset = offsets[index]!;
    const bytes = types[field.type].size;
    return { name: field.name, type: field.type, offset, size: bytes, paddingAfter: (offsets[index + 1] ?? size) - offset - bytes };
  });
  return { fields: all, size, align, padding: all.reduce((sum, field) => sum + field.paddingAfter, 0) };
}

/** Most strictly aligned first; fields of one alignment keep their order. */
export const largestFirst = (fields: readonly Field[]): Field[] => fields.toSorted((a, b) => alignmentOf(b.type) - alignmentOf(a.type));

/** What the address of such a field must be a multiple of. */
export const alignmentOf = (type: FieldType): number => types[type].align;

/** Every order of `items`, of which there are length!, beginning with the one given. */
export function* ordersOf<T>(items: readonly T[]): Generator<T[]> {
  if (items.length === 0) yield [];
  for (const [index, first] of items.entries()) {
    for (const others of ordersOf(items.toSpliced(index, 1))) yield [first, ...others];
  }
}
