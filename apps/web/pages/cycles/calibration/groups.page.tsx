import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { lazy, type ReactElement, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { useAddress } from '../../../pieces/address';
import { Answer } from '../../../pieces/answer';
import { Empty } from '../../../pieces/empty';
import { formatPeriod } from '../../../pieces/format';
import { Page, Panel } from '../../../pieces/page';
import { Mark } from '../../../pieces/mark';
import { Skeleton } from '../../../pieces/skeleton';
import { language } from '../../../texts';
import { AsOfField, AsOfNote } from '../as-of';
import { GroupField, groupOf } from '../cycle/spread';
import '../cycles.css';
import { GradesTable } from '../grades-table';
import { cycleQuery, findingsQuery, type GradeGroup, type Spread, spreadQuery } from '../queries';
import { GroupPeople } from './group-people';

const GradesChart = lazy(() => import('../grades-chart').then((file) => ({ default: file.GradesChart })));
const route = getRouteApi('/frame/calibration/$cycleId');

/** The grades of each group of a cycle beside their targets, and the people of the group. */
export function GroupsPage(): ReactElement {
  const { t } = useTranslation('cycles');
  const { cycleId } = route.useParams();
  const { asOf } = useAddress();
  const cycle = useQuery(cycleQuery(cycleId, asOf));
  const spread = useQuery(spreadQuery(cycleId, asOf));
  return (
    <Page
      title={t('calibration.title')}
      meta={
        cycle.data && (
          <Link to="/cycles/$cycleId" params={{ cycleId }}>
            {cycle.data.name} · {formatPeriod(cycle.data.period)}
          </Link>
        )
      }
      actions={<AsOfField />}
    >
      <AsOfNote />
      <div className="note">{t('calibration.notYet')}</div>
      <Answer query={spread} lines={8}>
        {(found) => <Groups cycleId={cycleId} spread={found} />}
      </Answer>
    </Page>
  );
}

function Groups({ cycleId, spread }: { readonly cycleId: string; readonly spread: Spread }): ReactElement {
  const { t } = useTranslation('cycles');
  const { group: chosen, asOf } = useAddress();
  const group = groupOf(spread.groups, chosen);
  if (!group || spread.scored === 0) return <Empty title={t('spread.emptyTitle')} text={t('spread.emptyText')} />;
  return (
    <>
      <div className="grid">
        <Panel title={t('calibration.groups')} extra={<GroupField groups={spread.groups} />}>
          <Suspense fallback={<Skeleton lines={6} />}>
            <GradesChart group={group} />
          </Suspense>
        </Panel>
        <Panel title={t('spread.title')}>
          <GradesTable group={group} />
          {asOf === undefined && <Findings cycleId={cycleId} group={group} />}
        </Panel>
      </div>
      <GroupPeople cycleId={cycleId} group={group} />
    </>
  );
}

/** What is over a limit or off its target in this group. */
function Findings({ cycleId, group }: { readonly cycleId: string; readonly group: GradeGroup }): ReactElement {
  const { t } = useTranslation('cycles');
  const query = useQuery(findingsQuery(cycleId));
  return (
    <>
      <h3 style={{ marginTop: 16 }}>{t('calibration.findings')}</h3>
      <Answer query={query}>
        {({ groups }) => {
          const own = groups.filter(({ department }) => department === group.department);
          if (own.length === 0) return <p className="soft">{t('calibration.noFindings')}</p>;
          return (
            <ul className="cards">
              {own.map(({ code, grade, sentence }) => (
                <li key={`${code} ${grade}`}>
                  <Mark kind="warn">{grade}</Mark> {sentence[language()]}
                </li>
              ))}
            </ul>
          );
        }}
      </Answer>
    </>
  );
}
