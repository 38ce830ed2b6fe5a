/**
 * Bits of CPUID registers and of model specific registers. A key names the register (`leaf.subleaf.register` or
 * `msr.index.half`), a value its 32 bits; a register without bits has no key.
 */
export class CpuidData {
  readonly #registers: Map<string, number>;

  constructor(registers: Iterable<readonly [string, number]> = []) {
    this.#registers = new Map([...registers].filter(([, bits]) => bits !== 0));
  }

  copy(): CpuidData {
    return new CpuidData(this.#registers);
  }

  /** Names of the registers that have bits. */
  get registers(): readonly string[] {
    return [...this.#registers.keys()];
  }

  get isEmpty(): boolean {
    return this.#registers.size === 0;
  }

  get(register: string): number {
    return this.#registers.get(register) ?? 0;
  }

  set(register: string, bits: number): void {
    if (bits === 0) this.#registers.delete(register);
    else this.#registers.set(register, bits >>> 0);
  }

  add(other: CpuidData): void {
    for (const [register, bits] of other.#registers) this.set(register, this.get(register) | bits);
  }

  remove(other: CpuidData): void {
    for (const [register, bits] of other.#registers) this.set(register, this.get(register) & ~bits);
  }

  keep(other: CpuidData): void {
    for (const [register, bits] of this.#registers) this.set(register, bits & other.get(register));
  }

  /** Whether all bits of the other are here. */
  has(other: CpuidData): boolean {
    for (const [register, bits] of other.#registers) if ((this.get(register) & bits) >>> 0 !== bits) return false;
    return !other.isEmpty;
  }
}

/** Family, model and stepping as CPUID writes them into one register. */
export interface Signature {
  readonly family: number;
  readonly model: number;
  readonly stepping: number;
}

export const signatureRegister = '1.0.eax';

export function signatureOf(data: CpuidData): Signature | undefined {
  const bits = data.get(signatureRegister);
  if (bits === 0) return undefined;
  const baseFamily = (bits >>> 8) & 0xf;
  const baseModel = (bits >>> 4) & 0xf;
  return {
    family: baseFamily + ((bits >>> 20) & 0xff),
    model: baseModel + (((bits >>> 16) & 0xf) << 4),
    stepping: bits & 0xf,
  };
}

export function setSignature(data: CpuidData, { family, model, stepping }: Signature): void {
  const extended = family > 0xf ? family - 0xf : 0;
  const base = family > 0xf ? 0xf : family;
  data.set(signatureRegister, (extended << 20) | ((model >>> 4) << 16) | (base << 8) | ((model & 0xf) << 4) | stepping);
}

/** The signature as the register's value. */
export const signatureBits = (data: CpuidData): number => data.get(signatureRegister);

export const vendorRegisters = ['0.0.ebx', '0.0.edx', '0.0.ecx'] as const;

/** The twelve letters of a vendor in its registers. */
export function vendorData(letters: string): CpuidData {
  return new CpuidData(vendorRegisters.map((register, index) => [register, packed(letters, index * 4)]));
}

const packed = (letters: string, start: number): number =>
  [0, 1, 2, 3].reduce((bits, index) => bits | ((letters.charCodeAt(start + index) || 0) << (8 * index)), 0) >>> 0;
