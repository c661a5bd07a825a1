import type { Detail, Process, Submitted } from './queries';

export type Version = Submitted['versions'][number];

/** The last version of what was submitted in a step. */
export function newestOf(detail: Pick<Detail, 'submissions'>, step: Submitted['step']): Version | undefined {
  return detail.submissions.find((one) => one.step === step && one.department === null)?.versions.at(-1);
}

export function nameIn({ people }: Pick<Process, 'people'>, subject: string | null): string | null {
  return people.find((person) => person.subject === subject)?.name ?? null;
}
