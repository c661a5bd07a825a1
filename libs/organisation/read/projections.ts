import { peopleImports, personIdentities, personLines } from './people.projection';
import { calendarOverrides, declaredMetrics, sites } from './settings.projection';

/** Everything that the projector keeps for this feature. */
export const organisationProjections = [personLines, personIdentities, peopleImports, calendarOverrides, sites, declaredMetrics] as const;
