/** The far side of warm-function.ts. */

type Handler = (event: unknown) => Promise<unknown>;

const file = process.argv[2] ?? '';
const loaded = import(file) as Promise<{ handler?: Handler; default?: { handler: Handler } }>;

const uncaught: string[] = [];
for (const kind of ['uncaughtException', 'unhandledRejection'] as const) {
  process.on(kind, (error: unknown) => {
    uncaught.push(`${kind}: ${error instanceof Error ? error.message : String(error)}`);
  });
}

/** The channel to the parent, and what an idle agent of the SDK keeps, count for nothing. */
const open = () => process.getActiveResourcesInfo().filter((kind) => /^(TCP|TLS|Timeout)/.test(kind));

const moment = () => new Promise((resolve) => setTimeout(resolve, 100));

async function answer(question: { event?: unknown; environment?: Record<string, string> }) {
  Object.assign(process.env, question.environment);
  const error = 'event' in question ? await invoke(question.event) : undefined;
  await moment();
  process.send?.({ error, uncaught: uncaught.splice(0), open: open() });
}

async function invoke(event: unknown) {
  const module = await loaded;
  const handler = module.handler ?? module.default?.handler;
  try {
    await handler?.(event);
    return undefined;
  } catch (thrown) {
    const { name, message } = thrown as Error;
    return { name, message };
  }
}

process.on('message', (question) => void answer(question as { event?: unknown }));
