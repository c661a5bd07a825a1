/** People without names: numbered as they come, each keeps the number it was given first. */
export class PersonNumbers {
  readonly #given = new Map<string, number>();

  of(subject: string): number {
    const number = this.#given.get(subject) ?? this.#given.size + 1;
    this.#given.set(subject, number);
    return number;
  }
}
