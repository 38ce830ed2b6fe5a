import koffi from 'koffi';

/** The registers after the instruction: `eax`, `ebx`, `ecx`, `edx`. */
export type CpuidRegisters = readonly [number, number, number, number];
/** Asks the processor this thread runs on; `subleaf` goes into `ecx`. */
export type Cpuid = (leaf: number, subleaf: number) => CpuidRegisters;

/**
 * `void cpuid(uint32_t leaf, uint32_t subleaf, uint32_t registers[4])` for the System V calling convention: no function
 * of the C library runs the instruction.
 */
const machineCode = Buffer.from(
  [
    '53', // push rbx
    '4989d0', // mov r8, rdx
    '89f8', // mov eax, edi
    '89f1', // mov ecx, esi
    '0fa2', // cpuid
    '418900', // mov [r8], eax
    '41895804', // mov [r8+4], ebx
    '41894808', // mov [r8+8], ecx
    '4189500c', // mov [r8+12], edx
    '5b', // pop rbx
    'c3', // ret
  ].join(''),
  'hex',
);

const pageSize = 4096;
const [PROT_READ, PROT_WRITE, PROT_EXEC] = [1, 2, 4];
const MAP_PRIVATE_ANONYMOUS = 0x22;
const MAP_FAILED = 0xffff_ffff_ffff_ffffn;

/** Undefined on other processors, and where the system lets no memory be made executable. */
export function loadCpuid(): Cpuid | undefined {
  if (process.arch !== 'x64') return undefined;
  const page = executablePage(machineCode);
  if (page === undefined) return undefined;
  const type = koffi.proto('void (uint32_t, uint32_t, _Out_ uint32_t *)');
  return (leaf, subleaf) => {
    const registers = new Uint32Array(4);
    koffi.call(page, type, leaf, subleaf, registers);
    const [eax = 0, ebx = 0, ecx = 0, edx = 0] = registers;
    return [eax, ebx, ecx, edx];
  };
}

/** Never writable and executable at once. */
function executablePage(code: Buffer): unknown {
  const libc = koffi.load('libc.so.6');
  const mmap = libc.func('void *mmap(void *, size_t, int, int, int, long)');
  const mprotect = libc.func('int mprotect(void *, size_t, int)');
  const memcpy = libc.func('void *memcpy(void *, const uint8_t *, size_t)');
  const page: unknown = mmap(null, pageSize, PROT_READ | PROT_WRITE, MAP_PRIVATE_ANONYMOUS, -1, 0);
  if (koffi.address(page) === MAP_FAILED) return undefined;
  memcpy(page, code, code.length);
  return mprotect(page, pageSize, PROT_READ | PROT_EXEC) === 0 ? page : undefined;
}
