import { Inject, Injectable } from '@nestjs/common';
import type { SubjectId } from '#kernel';
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
    const sealed = [...(await this.organisation.names([...new Set(subjects)]))];
    const opened = await this.privacy.open(sealed.map(([, text]) => text));
    const names = new Map<SubjectId, string>();
    for (const [index, [subject]] of sealed.entries()) {
      const name = opened[index];
      if (name?.kind === 'text') names.set(subject, name.text);
    }
    return names;
  }

  /** Employee numbers, as payroll knows people. */
  async employeeNumbers(subjects: readonly SubjectId[]): Promise<ReadonlyMap<SubjectId, string>> {
    const texts = [...(await this.organisation.texts([...new Set(subjects)]))];
    const opened = await this.privacy.open(texts.map(([, { employeeNo }]) => employeeNo));
    const numbers = new Map<SubjectId, string>();
    for (const [index, [subject]] of texts.entries()) {
      const found = opened[index];
      if (found?.kind === 'text') numbers.set(subject, found.text);
    }
    return numbers;
  }
}
