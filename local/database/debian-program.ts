import { glob } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/**
 * The command line that runs `program` of unpacked packages with their own C library instead of the machine's.
 * The loader and the library folder are named after the processor, hence found, not spelled out; releases before
 * trixie have some libraries in `/lib`, the others in `/usr/lib`.
 */
export async function debianCommand(root: string, program: string): Promise<string[]> {
  for await (const loader of glob('{usr/lib,lib}/*-linux-gnu*/ld-linux-*.so.*', { cwd: root })) {
    const processor = basename(dirname(loader));
    const libraries = ['usr/lib', 'lib'].map((folder) => join(root, folder, processor)).join(':');
    return [join(root, loader), '--library-path', libraries, join(root, program)];
  }
  throw new Error(`${root} holds no C library`);
}
