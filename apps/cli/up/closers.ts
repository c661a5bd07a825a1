/** What was started, to be stopped in the reverse order, whatever fails on the way. */
export class Closers {
  readonly #steps: { readonly name: string; readonly close: () => Promise<void> | void }[] = [];

  add(name: string, close: () => Promise<void> | void): void {
    this.#steps.push({ name, close });
  }

  /** Names of what could not be stopped. */
  async closeAll(): Promise<readonly string[]> {
    const failed: string[] = [];
    for (let step = this.#steps.pop(); step !== undefined; step = this.#steps.pop()) {
      try {
        await step.close();
      } catch {
        failed.push(step.name);
      }
    }
    return failed;
  }
}
