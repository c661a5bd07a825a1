import { parseDecimal } from '#kernel';
import { zCode, zHash, zSubjectId } from '#libs/kernel/schema';
import { zPeopleProfile } from '#libs/organisation/contracts';
import { DELIMITERS, ENCODINGS, isDateFormat, zColumnRef, zCondition } from '#libs/tabular';
import { z } from 'zod';

const zDateFormat = z.string().max(40).refine(isDateFormat, { error: 'needs YYYY, M or MM, D or DD once each' });

/** One number that a row says; `when` leaves it out of rows that don't fit. */
const zRowFact = z.strictObject({
  metric: z.union([z.strictObject({ column: zColumnRef }), z.strictObject({ constant: zCode })]),
  value: z.union([
    z.strictObject({ column: zColumnRef }),
    z.strictObject({ constant: z.string().refine((text) => parseDecimal(text) !== undefined, { error: 'not a plain decimal' }) }),
  ]),
  when: zCondition.optional(),
});

/** How an export of another system becomes facts, without editing the file. Data, saved by name and version. */
export const zFactsProfile = z.strictObject({
  kind: z.literal('facts'),
  /** Name of the system: with the record id it tells a record that was seen before. */
  source: zCode,
  encoding: z.enum(ENCODINGS).optional(),
  delimiter: z.enum(DELIMITERS).optional(),
  /** Runs before anything else is read: rows that fail it may hold what they like. */
  filter: zCondition.optional(),
  owner: z.strictObject({
    column: zColumnRef,
    /**
     * The column names units: of one kind by their labels, or (`prefixed`) as `team:east`, `department:sales`, `region:north` and
     * `company` beside people.
     */
    units: z.enum(['prefixed', 'team', 'department', 'region']).optional(),
    /** Tried in this order; the first that finds somebody decides. */
    by: z
      .array(z.enum(['employee-no', 'login', 'name']))
      .min(1)
      .max(3),
    /** Other spellings: keyed index of the name as written → person. Made by the service, so that no name stands in a profile. */
    aliases: z.record(zHash, zSubjectId).optional(),
    /** An owner who is unknown or ambiguous: refuse the file, or list and keep the row for later. */
    unknown: z.enum(['refuse', 'set-aside']),
  }),
  recordId: z.strictObject({ columns: z.array(zColumnRef).min(1).max(4) }),
  happenedOn: z.strictObject({ column: zColumnRef, formats: z.array(zDateFormat).min(1).max(10) }),
  numbers: z
    .strictObject({
      decimal: z.enum(['.', ',']).optional(),
      thousands: z.enum([',', '.', ' ', "'"]).optional(),
      strip: z.array(z.string().min(1).max(8)).max(10).optional(),
      parentheses: z.boolean().optional(),
      percentSign: z.boolean().optional(),
    })
    .optional(),
  facts: z.array(zRowFact).min(1).max(20),
  /** Metrics that a file of this kind is complete for, when the import names the period. */
  completeFor: z.array(zCode).max(50).optional(),
  /** The columns above are all that a file may have. */
  strictColumns: z.boolean().optional(),
});
export type FactsProfile = z.infer<typeof zFactsProfile>;

export const zImportProfile = z.discriminatedUnion('kind', [zFactsProfile, zPeopleProfile]);
export type ImportProfile = z.infer<typeof zImportProfile>;

export interface NamedProfile {
  readonly name: string;
  readonly version: number;
  readonly builtIn: boolean;
  readonly definition: ImportProfile;
}

export interface ImportProfilesReader {
  /** The newest version where none is named; a company's own wins over one that ships with the product. */
  profile(name: string, version?: number): Promise<NamedProfile | undefined>;
  /** Newest version of each, by name. */
  profiles(): Promise<readonly NamedProfile[]>;
}
