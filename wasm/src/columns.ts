/** Reads an answer that is columns of numbers: each begins at a multiple of 8, so that typed arrays can lie on it. */
export class Columns {
  private at = 0;
  constructor(private readonly buffer: ArrayBuffer) {}

  /** Number of the next rows, which stands before them. */
  count(): number {
    return this.u32(1)[0]!;
  }

  private take(bytes: number): number {
    const at = this.at;
    this.at = (at + bytes + 7) & ~7;
    return at;
  }

  u8(n: number): Uint8Array {
    return new Uint8Array(this.buffer, this.take(n), n);
  }
  u16(n: number): Uint16Array {
    return new Uint16Array(this.buffer, this.take(2 * n), n);
  }
  u32(n: number): Uint32Array {
    return new Uint32Array(this.buffer, this.take(4 * n), n);
  }
  f32(n: number): Float32Array {
    return new Float32Array(this.buffer, this.take(4 * n), n);
  }
  f64(n: number): Float64Array {
    return new Float64Array(this.buffer, this.take(8 * n), n);
  }
}
