/** Scalar types with the size and alignment that Go and C share on 64-bit machines, in bytes. */
const scalars = { bool: 1, int8: 1, uint8: 1, int16: 2, int32: 4, float32: 4, int64: 8, float64: 8, pointer: 8 } as const;
export type Scalar = keyof typeof scalars;

export interface Field {
  readonly name: string;
  readonly type: Scalar;
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
 * the rule of Go's gc compiler and of the System V C ABI for scalars.
 * Source: The Go Programming Language Specification, "Size and alignment guarantees"; System V ABI, AMD64 supplement, 3.1.2.
 */
export function layoutOf(fields: readonly Field[]): Layout {
  const align = fields.reduce((widest, field) => Math.max(widest, scalars[field.type]), 1);
  const roundUp = (offset: number, to: number): number => Math.ceil(offset / to) * to;
  let end = 0;
  const offsets = fields.map((field) => {
    const offset = roundUp(end, scalars[field.type]);
    end = offset + scalars[field.type];
    return offset;
  });
  const size = roundUp(end, align);
  const placed = fields.map((field, index) => {
    const offset = offsets[index]!;
    const bytes = scalars[field.type];
    return { ...field, offset, size: bytes, paddingAfter: (offsets[index + 1] ?? size) - offset - bytes };
  });
  return { fields: placed, size, align, padding: placed.reduce((sum, field) => sum + field.paddingAfter, 0) };
}
