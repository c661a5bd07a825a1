import { Inject, Injectable } from '@nestjs/common';
import type { PersonalText, SubjectId } from '#kernel';
import type { OrganisationReader } from '#libs/organisation/contracts';
import type { PersonalTexts } from '#libs/privacy/contracts';
import { ORGANISATION, PRIVACY } from '../tokens';

/** Names for a page: read models hold ids, names are opened just for the answer. An erased person's is absent. */
@Injectable()
export class NameBook {
  constructor(
    @Inject(ORGANISATION) private readonly organisation: OrganisationReader,
    @Inject(PRIVACY) private readonly privacy: PersonalTexts,
  ) {}

  async of(subjects: readonly SubjectId[]): Promise<ReadonlyMap<SubjectId, string>> {
    return this.#opened([...(await this.organisation.names([...new Set(subjects)]))]);
  }

  /** Employee numbers, as payroll knows people. */
  async employeeNumbers(subjects: readonly SubjectId[]): Promise<ReadonlyMap<SubjectId, string>> {
    const texts = [...(await this.organisation.texts([...new Set(subjects)]))];
    return this.#opened(texts.map(([subject, { employeeNo }]) => [subject, employeeNo]));
  }

  async #opened(sealed: readonly (readonly [SubjectId, PersonalText])[]): Promise<ReadonlyMap<SubjectId, string>> {
    const opened = await this.privacy.open(sealed.map(([, text]) => text));
    const found = new Map<SubjectId, string>();
    for (const [index, [subject]] of sealed.entries()) {
      const text = opened[index];
      if (text?.kind === 'text') found.set(subject, text.text);
    }
    return found;
  }
}
