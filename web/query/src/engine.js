// The page's side of the store: fetches what it needs once, and answers one query at a time.

const GZIP = [0x1f, 0x8b];

/** Bytes as they were before gzip. A host may have unpacked them already, so the first two bytes tell. */
async function unpacked(bytes) {
  const head = new Uint8Array(bytes, 0, 2);
  if (head[0] !== GZIP[0] || head[1] !== GZIP[1]) return bytes;
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).arrayBuffer();
}

async function fetched(address) {
  let reply;
  try {
    reply = await fetch(address);
  } catch {
    throw new Error(`${address} cannot be reached.`);
  }
  if (!reply.ok) throw new Error(`${address} cannot be had: the server answers ${reply.status}.`);
  return reply;
}

/** Keeps what a function returned, but not a failure. */
function once(make) {
  const kept = new Map();
  return (key) => {
    if (!kept.has(key)) kept.set(key, make(key));
    const found = kept.get(key);
    found.catch(() => kept.delete(key));
    return found;
  };
}

export class Stopped extends Error {}

export class Engine {
  /** `files` has the addresses of the parts: {engine, worker, asserted, inferred}. */
  constructor(files) {
    this.module = once(async () => WebAssembly.compile(await unpacked(await (await fetched(files.engine)).arrayBuffer())));
    // From a blob, the worker has the page's own policy: it cannot connect to other hosts either.
    this.code = once(async () => {
      const text = await (await fetched(files.worker)).text();
      return URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
    });
    this.data = once(async (edition) => (await fetched(files[edition])).text());
    this.edition = null;
  }

  /** Answers a message to the worker about an edition; stops it after `limit` seconds. */
  async ask(message, edition, limit) {
    if (this.edition !== edition) await this.open(edition);
    const timer = setTimeout(() => this.stop(`The query was stopped after ${limit} s, the time limit.`), limit * 1000);
    try {
      return await this.send(message);
    } finally {
      clearTimeout(timer);
    }
  }

  async open(edition) {
    this.close();
    const opening = {}; // another one may have begun while the parts are fetched
    this.opening = opening;
    const [module, code, data] = await Promise.all([this.module(), this.code(), this.data(edition)]);
    if (this.opening !== opening) throw new Stopped("The query was stopped.");
    this.worker = new Worker(code);
    await this.send({ module, data });
    this.edition = edition;
  }

  get isBusy() {
    return Boolean(this.reject);
  }

  send(message) {
    return new Promise((resolve, reject) => {
      this.reject = reject;
      this.worker.onmessage = ({ data }) => {
        this.reject = null;
        if (data.error === undefined) resolve(data);
        else reject(new Error(data.error));
      };
      this.worker.onerror = (event) => {
        this.close();
        reject(new Error(event.message || "The query needs more memory than there is."));
      };
      this.worker.postMessage(message);
    });
  }

  /** Ends what is being asked; a new worker is opened for the next query. */
  stop(reason = "The query was stopped.") {
    const reject = this.reject;
    this.close();
    reject?.(new Stopped(reason));
  }

  close() {
    this.worker?.terminate();
    this.worker = this.edition = this.reject = this.opening = null;
  }
}
