import { type ChildProcess, fork } from 'node:child_process';
import path from 'node:path';
import type { FromChild, ToChild } from './messages';

/** A process of the product, started for the bench. */
export class BenchChild {
  readonly #process: ChildProcess;
  readonly #heard: FromChild[] = [];
  #changed: () => void = () => undefined;
  #ended = false;

  /** `nodeOptions` such as --cpu-prof. */
  constructor(nodeOptions: readonly string[] = []) {
    this.#process = fork(path.join(__dirname, 'child.js'), [], {
      serialization: 'advanced',
      execArgv: [...nodeOptions],
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    this.#process.on('message', (message: FromChild) => {
      this.#heard.push(message);
      this.#changed();
    });
    this.#process.on('exit', () => {
      this.#ended = true;
      this.#changed();
    });
  }

  tell(message: ToChild): void {
    this.#process.send(message);
  }

  /** Thrown when the child fails or ends without having said it: Error. */
  async hear<K extends FromChild['kind']>(kind: K): Promise<Extract<FromChild, { readonly kind: K }>> {
    for (;;) {
      for (const message of this.#heard) {
        if (message.kind === 'failed') throw new Error(`the child failed: ${message.problem}`);
        if (isOf(message, kind)) return message;
      }
      if (this.#ended) throw new Error(`the child ended before it said ${kind}`);
      await new Promise<void>((resolve) => {
        this.#changed = resolve;
      });
    }
  }

  async kill(): Promise<void> {
    this.#process.kill('SIGKILL');
    await this.ended();
  }

  async ended(): Promise<void> {
    while (!this.#ended) {
      await new Promise<void>((resolve) => {
        this.#changed = resolve;
      });
    }
  }
}

function isOf<K extends FromChild['kind']>(message: FromChild, kind: K): message is Extract<FromChild, { readonly kind: K }> {
  return message.kind === kind;
}
