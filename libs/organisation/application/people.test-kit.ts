import { createHmac } from 'node:crypto';
import type { PersonalTexts } from '#libs/privacy/contracts';
import { foldRows } from '#libs/projections';
import { createHarness, type Harness, openTestText, testText } from '#libs/testing';
import { organisationEvents } from '../contracts';
import type { KnownPeopleQuery } from '../read/known-people.query';
import { indexed } from '../read/known-people.query';
import { peopleImports, type PersonIdentityRow, personIdentities, type PersonLineRow, personLines } from '../read/people.projection';
import { timelinesOf } from '../read/timelines';
import { createPeopleImports, type PeopleImports } from './people-import.service';

export const testTexts: Pick<PersonalTexts, 'make' | 'lookupKey' | 'open'> = {
  make: testText,
  lookupKey: (kind, value) =>
    createHmac('sha256', 'test')
      .update(`${kind} ${value.normalize('NFKC').trim().toLowerCase()}`)
      .digest('hex'),
  open: (texts) => Promise.resolve(texts.map((text) => ({ kind: 'text', text: openTestText(text) }))),
};

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The read models of the harness's whole log, folded anew at each question. */
export function knownFrom(harness: Harness): KnownPeopleQuery {
  return {
    async knownPeople(position) {
      const events = (await harness.all()).filter((event) => event.position <= position);
      const imports = new Map<unknown, number>();
      for (const row of foldRows(peopleImports, events).values()) imports.set(row['import_id'], Number(row['position']));
      const visible = <R extends { import_id: string }>(rows: Iterable<R>): (R & { position: number })[] =>
        [...rows].flatMap((row) => {
          const at = imports.get(row.import_id);
          return at === undefined ? [] : [{ ...row, position: at }];
        });
      // Rows are of their projection's shape by construction.
      const lines = visible(foldRows(personLines, events).values() as Iterable<PersonLineRow>);
      lines.sort((a, b) => byText(a.subject, b.subject) || a.position - b.position || a.line_row - b.line_row);
      const identities = visible(foldRows(personIdentities, events).values() as Iterable<PersonIdentityRow>);
      identities.sort((a, b) => byText(a.subject, b.subject) || b.position - a.position);
      const latest = identities.filter((row, index) => identities[index - 1]?.subject !== row.subject);
      return {
        timelines: timelinesOf(lines),
        ...indexed(
          latest.map((row) => ({
            ...row,
            name_tag: String(row.name['tag']),
            employee_no_tag: String(row.employee_no['tag']),
            login_tag: row.login ? String(row.login['tag']) : null,
          })),
        ),
      };
    },
  };
}

export interface PeopleKit {
  readonly harness: Harness;
  readonly imports: PeopleImports;
  csv(lines: readonly string[]): Uint8Array;
}

export const PEOPLE_HEADER = 'employee_no,name,login,roles,position,department,team,region,site,manager_no,valid_from,valid_to';

export function peopleKit(): PeopleKit {
  const harness = createHarness(organisationEvents);
  let ids = 0;
  const imports = createPeopleImports({
    runner: harness.runner,
    streams: harness.log,
    known: knownFrom(harness),
    reader: { sites: () => Promise.resolve([]) },
    texts: testTexts,
    ids: { uuid: () => `00000000-0000-7000-8000-${String((ids += 1)).padStart(12, '0')}` },
  });
  return { harness, imports, csv: (lines) => Buffer.from([PEOPLE_HEADER, ...lines, ''].join('\n'), 'utf8') };
}
