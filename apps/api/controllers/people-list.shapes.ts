import { z } from 'zod';
import { zPlainDay, zSubjectId } from '#libs/kernel/schema';
import { type PeopleFilter, zRole } from '#libs/organisation/contracts';

/** Where people stand: each part as it is written in the organisation. */
export const zPeopleFilter = z.strictObject({
  day: zPlainDay.optional().describe('Where people stood on that day; today when absent'),
  department: z.string().max(120).optional(),
  region: z.string().max(120).optional(),
  team: z.string().max(120).optional(),
  role: zRole.optional(),
});

export function peopleFilter({ department, region, team, role }: z.infer<typeof zPeopleFilter>): PeopleFilter {
  return {
    ...(department === undefined ? {} : { departments: [department] }),
    ...(region === undefined ? {} : { regions: [region] }),
    ...(team === undefined ? {} : { teams: [team] }),
    ...(role === undefined ? {} : { roles: [role] }),
  };
}

/** What the filter can be. */
export const zPlaces = z.strictObject({ departments: z.array(z.string()), regions: z.array(z.string()), teams: z.array(z.string()) });

const zNamed = z.strictObject({ subject: zSubjectId, name: z.string().nullable() });
/** More of a person than a list shows: how they are called in files, their line upwards, and where they stood when. */
export const zPersonCard = z.strictObject({
  subject: zSubjectId,
  name: z.string().nullable(),
  employeeNo: z.string().nullable(),
  login: z.string().nullable(),
  above: z.array(zNamed).describe('Manager, manager’s manager … today'),
  lines: z.array(
    z.strictObject({
      from: zPlainDay.nullable().describe('Null: always'),
      to: zPlainDay.nullable().describe('The first day it no longer holds; null: open'),
      roles: z.array(zRole),
      position: z.string().nullable(),
      department: z.string(),
      team: z.string().nullable(),
      region: z.string().nullable(),
      site: z.string().nullable(),
      manager: zNamed.nullable(),
    }),
  ),
});
export type PersonCard = z.infer<typeof zPersonCard>;
