import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { type ReactElement, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemError } from '../../api/problem';
import { useChangeAddress } from '../address';
import { Answer } from '../answer';
import { Empty } from '../empty';
import { formatDay, formatExact, formatInstant, formatPeriod } from '../format';
import { ProblemNote } from '../problem-note';
import { Skeleton } from '../skeleton';
import { useActorWords } from './actor';
import { type Explained, explanationQuery, type Leaf, recordsQuery, type ScoreAddress } from './score-queries';
import { branchOf, type Branch, treeOf } from './tree';

/** The sentence on top, and the tree under it down to the records. */
export function ScoreBasis({ address }: { readonly address: ScoreAddress }): ReactElement {
  const query = useQuery(explanationQuery(address));
  return <Answer query={query}>{(explained) => <Basis explained={explained} address={address} />}</Answer>;
}

function Basis({ explained, address }: { readonly explained: Explained; readonly address: ScoreAddress }): ReactElement {
  const { t } = useTranslation('explain');
  const change = useChangeAddress();
  const tree = useMemo(() => treeOf(explained.sentences), [explained]);
  const branch = tree && address.key !== undefined ? branchOf(tree, address.key) : tree;
  if (!branch) return <Empty title={t('noSuch')} text={t('noSuchText')} />;
  return (
    <>
      <p className="sentence">
        <strong>{branch.sentence}</strong>
      </p>
      {branch !== tree && (
        <Button type="link" size="small" onClick={() => change({ explain: `${prefixOf(address)}~${address.appraisalId}` })}>
          {t('whole')}
        </Button>
      )}
      {address.which === 'published' && <p className="soft">{t('which.published')}</p>}
      {branch.children.length === 0 ? (
        <Records address={address} branch={branch} />
      ) : (
        <Branches branches={branch.children} address={address} open />
      )}
      <details className="soft">
        <summary>{t('hash')}</summary>
        <p>{t('hashText')}</p>
        <p>
          <code className="long">{explained.explanationHash}</code>
        </p>
        <p>{t('evaluator', { version: explained.evaluator, position: explained.asOf })}</p>
      </details>
    </>
  );
}

function Branches({
  branches,
  address,
  open,
}: {
  readonly branches: readonly Branch[];
  readonly address: ScoreAddress;
  readonly open: boolean;
}): ReactElement {
  return (
    <ul className="tree">
      {branches.map((branch) => (
        <BranchItem key={branch.path} branch={branch} address={address} open={open} />
      ))}
    </ul>
  );
}

function BranchItem({
  branch,
  address,
  open,
}: {
  readonly branch: Branch;
  readonly address: ScoreAddress;
  readonly open: boolean;
}): ReactElement {
  const [isOpen, setOpen] = useState(open);
  const isLeaf = branch.children.length === 0;
  return (
    <li>
      <details open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>
          <span>{branch.sentence}</span>
        </summary>
        {isOpen &&
          (isLeaf ? (
            <Records address={address} branch={branch} />
          ) : (
            <Branches branches={branch.children} address={address} open={branch.children.length <= 3 && branch.depth < 3} />
          ))}
      </details>
    </li>
  );
}

function Records({ address, branch }: { readonly address: ScoreAddress; readonly branch: Branch }): ReactElement {
  const { t } = useTranslation('explain');
  const { t: common } = useTranslation('common');
  const query = useInfiniteQuery(recordsQuery(address, branch.key));
  if (query.error instanceof ProblemError) return <ProblemNote problem={query.error.problem} onRetry={() => void query.refetch()} />;
  if (!query.data) return <Skeleton lines={2} />;
  const leaves = query.data.pages.flatMap(({ items }) => items);
  if (leaves.length === 0) return <p className="soft">{t('noRecords')}</p>;
  return (
    <>
      <ul className="cards" aria-label={t('recordsOf', { title: branch.title })}>
        {leaves.map((leaf) => (
          <li key={`${leaf.position} ${leaf.factId ?? ''} ${leaf.period ?? ''} ${leaf.targetPeriod ?? ''} ${leaf.by ?? ''}`}>
            <Record leaf={leaf} />
          </li>
        ))}
      </ul>
      {query.hasNextPage && <Button onClick={() => void query.fetchNextPage()}>{common('loadMore')}</Button>}
    </>
  );
}

/** One record behind a value: what, when, from where, by which import. */
function Record({ leaf }: { readonly leaf: Leaf }): ReactElement {
  const { t } = useTranslation('explain');
  const actor = useActorWords();
  const by = leaf.by === null ? null : actor(leaf.by, leaf.byName);
  const period = leaf.targetPeriod ?? leaf.period;
  return (
    <>
      <div className="row">
        <strong>{leaf.value === null ? '—' : formatExact(leaf.value)}</strong>
        <span className="soft">
          {t(`kind.${leaf.kind}`)}
          {period !== null && ` · ${formatPeriod(period)}`}
          {leaf.unit && ` · ${leaf.unit.label}`}
        </span>
      </div>
      {leaf.kind === 'zero' && <p className="soft">{t('zero')}</p>}
      {leaf.value === null && <p className="soft">{t('group')}</p>}
      <dl className="pairs">
        <Line name={t('source')} value={leaf.source} />
        <Line name={t('recordId')} value={leaf.recordId} />
        <Line name={t('happenedOn')} value={leaf.happenedOn === null ? null : formatDay(leaf.happenedOn)} />
        <Line name={t('recordedAt')} value={leaf.recordedAt === null ? null : formatInstant(leaf.recordedAt)} />
        <Line name={t('recordedBy')} value={by} />
        <Line name={t('import')} value={leaf.import ? importWords(leaf.import, t) : null} />
        <Line name={t('event')} value={`#${leaf.position}${leaf.type === null ? '' : ` ${leaf.type}`}`} />
      </dl>
      {leaf.cause && <p>{t(`cause.${leaf.cause.kind}`)}</p>}
      {leaf.replaces && <p>{t('replaced', { value: formatExact(leaf.replaces.value) })}</p>}
      {leaf.reason !== null && <p>{t('because', { reason: leaf.reason })}</p>}
      {leaf.supersededBy && (
        <p>
          {t('superseded', { value: leaf.supersededBy.value === null ? '—' : formatExact(leaf.supersededBy.value) })}
          {leaf.supersededBy.reason !== null && ` · ${t('because', { reason: leaf.supersededBy.reason })}`}
        </p>
      )}
    </>
  );
}

function prefixOf({ which }: ScoreAddress): string {
  return which === 'published' ? 'published' : 'score';
}

type Words = ReturnType<typeof useTranslation<'explain'>>['t'];

function importWords(one: NonNullable<Leaf['import']>, t: Words): string {
  const parts = [
    t(`importOf.${one.of}`),
    one.source,
    one.rows === null ? null : t('importRows', { rows: one.rows, count: one.rows }),
    one.profile === null ? null : `${t('profile')} ${one.profile}`,
    `#${one.importId.slice(0, 8)}`,
  ];
  return parts.filter((part) => part !== null && part !== '').join(' · ');
}

function Line({ name, value }: { readonly name: string; readonly value: string | null }): ReactElement | null {
  if (value === null || value === '') return null;
  return (
    <>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </>
  );
}
