import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { lazy, type ReactElement, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { hasRole, type Me, useMe } from '../../app/session';
import { useAddress, useChangeAddress } from '../../pieces/address';
import { Answer } from '../../pieces/answer';
import { Empty } from '../../pieces/empty';
import { formatDay, formatInstant } from '../../pieces/format';
import { Page, Panel } from '../../pieces/page';
import { Skeleton } from '../../pieces/skeleton';
import { Acts } from './acts';
import { saveFile } from './file';
import { PartsNav } from './parts-nav';
import { type BoardVersion, boardQuery, libraryQuery, versionQuery } from './queries';
import { StatusMark } from './status';
import { inLanguage } from './words';
import './schemes.css';

const Reading = lazy(() => import('./reading').then((file) => ({ default: file.Reading })));
const Difference = lazy(() => import('./difference').then((file) => ({ default: file.Difference })));
const DiscussionOf = lazy(() => import('./discussion').then((file) => ({ default: file.DiscussionOf })));
const Acknowledgements = lazy(() => import('./acknowledgements').then((file) => ({ default: file.Acknowledgements })));
const ReviewOf = lazy(() => import('./review').then((file) => ({ default: file.ReviewOf })));

const route = getRouteApi('/frame/schemes/$schemeId');

/** One scheme: its versions, what they say, what people said of them, and what becomes of them. */
export function SchemePage(): ReactElement {
  const { t } = useTranslation('schemes');
  const { schemeId } = route.useParams();
  const { version } = useAddress();
  const board = useQuery(boardQuery(schemeId));
  const chosen = chosenOf(board.data ?? [], version);
  if (!chosen)
    return (
      <Page title={schemeId}>
        <Answer query={board}>
          {() => <Empty title={t('one.none', { schemeId })} next={<Link to="/schemes">{t('one.toList')}</Link>} />}
        </Answer>
      </Page>
    );
  return <OneVersion versions={board.data ?? []} version={chosen} />;
}

/** The one that the address names, else the one in force, else the newest. */
function chosenOf(versions: readonly BoardVersion[], named: string | undefined): BoardVersion | undefined {
  if (named !== undefined) return versions.find(({ version }) => String(version) === named);
  return versions.find(({ status }) => status === 'in-force') ?? versions.at(-1);
}

interface OneVersionProps {
  readonly versions: readonly BoardVersion[];
  readonly version: BoardVersion;
}

function OneVersion({ versions, version }: OneVersionProps): ReactElement {
  const { t } = useTranslation('schemes');
  const me = useMe();
  const change = useChangeAddress();
  const { tab } = useAddress();
  const shown = tabsOf(me, versions.length);
  const active = shown.find((one) => one === tab) ?? 'whole';
  return (
    <Page
      title={inLanguage(version.title)}
      meta={<Meta version={version} />}
      actions={
        <>
          {versions.length > 1 && (
            <select
              aria-label={t('one.choose')}
              className="plain-select"
              value={version.version}
              onChange={(event) => change({ version: event.target.value, after: undefined })}
            >
              {[...versions].reverse().map((one) => (
                <option key={one.version} value={one.version}>
                  {t('one.option', { version: one.version, status: t(`status.${one.status}`) })}
                </option>
              ))}
            </select>
          )}
          {hasRole(me, 'hr') && (
            <Link
              to="/schemes/$schemeId/edit"
              params={{ schemeId: version.schemeId }}
              search={{ version: String(version.version) }}
              className="action-link"
            >
              {t('one.edit')}
            </Link>
          )}
          <Acts version={version} />
        </>
      }
    >
      <Panel>
        <PartsNav label={t('one.tabs')} param="tab" parts={shown.map((key) => ({ key, label: t(`one.tab.${key}`) }))} active={active} />
        <Suspense fallback={<Skeleton lines={8} />}>
          <Tab tab={active} versions={versions} version={version} />
        </Suspense>
      </Panel>
    </Page>
  );
}

const TABS = ['whole', 'yaml', 'difference', 'discussion', 'acknowledgements', 'review'] as const;
type TabName = (typeof TABS)[number];

/** What the role may not look at is left out; a discussion says itself to whom it is open. */
function tabsOf(me: Me, versions: number): readonly TabName[] {
  const overseer = hasRole(me, 'hr', 'general-manager', 'auditor');
  return TABS.filter((tab) => (tab === 'difference' ? versions > 1 : tab === 'acknowledgements' || tab === 'review' ? overseer : true));
}

function Tab({ tab, versions, version }: OneVersionProps & { readonly tab: TabName }): ReactElement {
  const place = { schemeId: version.schemeId, version: version.version };
  const text = useQuery(versionQuery(place.schemeId, place.version));
  const library = useQuery(libraryQuery);
  switch (tab) {
    case 'whole':
      return (
        <Answer query={library}>{(found) => <Answer query={text}>{({ yaml }) => <Reading yaml={yaml} library={found} />}</Answer>}</Answer>
      );
    case 'yaml':
      return <Answer query={text}>{({ yaml, yamlHash }) => <Source yaml={yaml} hash={yamlHash} />}</Answer>;
    case 'difference':
      return <Difference versions={versions} version={version} library={library.data} />;
    case 'discussion':
      return <Answer query={text}>{({ yaml }) => <DiscussionOf version={version} yaml={yaml} />}</Answer>;
    case 'acknowledgements':
      return <Acknowledgements {...place} />;
    case 'review':
      return <Answer query={text}>{({ yaml }) => <ReviewOf version={version} yaml={yaml} library={library.data} />}</Answer>;
  }
}

function Source({ yaml, hash }: { readonly yaml: string; readonly hash: string }): ReactElement {
  const { t } = useTranslation('schemes');
  return (
    <>
      <p className="row">
        <span className="soft">
          {t('one.yamlHash')} <code>{hash}</code>
        </span>
        <Button size="small" onClick={() => saveFile(new Blob([yaml], { type: 'application/yaml' }), 'scheme.yaml')}>
          {t('one.yamlFile')}
        </Button>
      </p>
      <pre className="source" tabIndex={0} role="region" aria-label={t('one.tab.yaml')}>
        {yaml}
      </pre>
    </>
  );
}

function Meta({ version }: { readonly version: BoardVersion }): ReactElement {
  const { t } = useTranslation('schemes');
  const { draftedByName, draftedAt, approvedByName, approvedAt, inForceAt, reviewOn } = version;
  return (
    <span className="row">
      <code>{version.schemeId}</code>
      <span>{t('one.version', { version: version.version })}</span>
      <StatusMark status={version.status} />
      <span>{t('one.drafted', { name: draftedByName ?? t('list.byProduct'), at: formatInstant(draftedAt) })}</span>
      {approvedAt !== null && (
        <span>{t('one.approved', { name: approvedByName ?? t('list.byProduct'), at: formatInstant(approvedAt) })}</span>
      )}
      {inForceAt !== null && <span>{t('one.inForce', { at: formatInstant(inForceAt) })}</span>}
      {reviewOn !== null && <span>{t('one.reviewOn', { day: formatDay(reviewOn) })}</span>}
    </span>
  );
}
