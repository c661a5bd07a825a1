import { DELIMITERS, ENCODINGS, isDateFormat, zColumnRef, zCondition } from '#libs/tabular';
import { zLabel } from '#libs/kernel/schema';
import { z } from 'zod';
import { zRole } from './events';

const zCell = z.union([z.strictObject({ column: zColumnRef }), z.strictObject({ constant: zLabel })]);
const zDateFormat = z.string().max(40).refine(isDateFormat, { error: 'needs YYYY, M or MM, D or DD once each' });
const zDay = z.strictObject({ column: zColumnRef, formats: z.array(zDateFormat).min(1).max(10) });

/**
 * How a people file of another system becomes people: columns by name, words for roles, and whether a manager who stands
 * only in a column becomes a person. Data, saved by name and version.
 */
export const zPeopleProfile = z.strictObject({
  kind: z.literal('people'),
  encoding: z.enum(ENCODINGS).optional(),
  delimiter: z.enum(DELIMITERS).optional(),
  /** Runs first; rows that fail it are left out. */
  filter: zCondition.optional(),
  employeeNo: z.strictObject({ column: zColumnRef }),
  name: z.strictObject({ column: zColumnRef }),
  login: z.strictObject({ column: zColumnRef }).optional(),
  /** Words of the column, separated by `;`, `,`, `|` or `/`; `words` says which role each means; role codes mean themselves. */
  roles: z.strictObject({
    column: zColumnRef.optional(),
    words: z.record(z.string().max(60), zRole).optional(),
    otherwise: z.array(zRole).max(11),
  }),
  position: zCell.optional(),
  department: zCell,
  team: zCell.optional(),
  region: zCell.optional(),
  site: zCell.optional(),
  manager: z.strictObject({ column: zColumnRef, by: z.enum(['employee-no', 'name']) }).optional(),
  validFrom: zDay.optional(),
  validTo: zDay.optional(),
  /** A manager named in the column who is nobody's row and not known yet becomes a person: number and name as written. */
  managersBecomePeople: z.strictObject({ roles: z.array(zRole).min(1).max(11), position: zLabel.optional() }).optional(),
  /** The columns above are all that a file may have, and those that need not be filled may be missing. Otherwise: all must be there, among others. */
  strictColumns: z.boolean().optional(),
});
export type PeopleProfile = z.infer<typeof zPeopleProfile>;
