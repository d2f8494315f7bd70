/** What is beside a bundle: the far side of packaged-process.ts. */
const OWN_FOLDER = __dirname;

interface SandboxOptions {
  /** Where the function's code was unpacked; a real path, because a link would lead out of it. */
  directory: string;
  environment: Readonly<Record<string, string>>;
  /** Where the process may write, if anywhere. */
  writable: string | undefined;
}

/**
 * Options with which Node lets a process read its function's code, and the authorities that its settings name, and
 * nothing else of this machine: not the sources, not a profile, not another function. So what runs is the bundle.
 * The network stays open (Node's manual, "Process-based permissions").
 */
export function sandboxed({ directory, environment, writable }: SandboxOptions): string[] {
  const { DB_CA_BUNDLE_PATH: authorities = '' } = environment;
  const readable = [OWN_FOLDER, directory, authorities].filter((path) => path !== '');
  return [
    '--permission',
    ...readable.map((path) => `--allow-fs-read=${path}`),
    ...(writable === undefined ? [] : [`--allow-fs-write=${writable}`]),
  ];
}
