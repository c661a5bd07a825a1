import { useQuery } from '@tanstack/react-query';
import { type ReactElement, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useAddress, useChangeAddress } from '../../pieces/address';
import { Answer } from '../../pieces/answer';
import { DataTable } from '../../pieces/data-table';
import { bookOf } from './book';
import { type Change, changesBetween, linesBetween } from './changes';
import { type BoardVersion, type Library, versionQuery } from './queries';
import { useWords } from './words';
import { readYaml } from './yaml/read';

interface DifferenceProps {
  readonly versions: readonly BoardVersion[];
  readonly version: BoardVersion;
  readonly library: Library | undefined;
}

/** What a version says otherwise than another one: member by member in words, and line by line. */
export function Difference({ versions, version, library }: DifferenceProps): ReactElement {
  const { t } = useTranslation('schemes');
  const change = useChangeAddress();
  const { against } = useAddress();
  const others = versions.filter((one) => one.version !== version.version);
  const other =
    others.find((one) => String(one.version) === against) ?? others.filter((one) => one.version < version.version).at(-1) ?? others.at(-1);
  const now = useQuery(versionQuery(version.schemeId, version.version));
  const before = useQuery({ ...versionQuery(version.schemeId, other?.version ?? 0), enabled: other !== undefined });
  if (!other) return <p className="soft">{t('difference.only')}</p>;
  return (
    <>
      <p className="row">
        <label htmlFor="against">{t('difference.against')}</label>
        <select id="against" className="plain-select" value={other.version} onChange={(event) => change({ against: event.target.value })}>
          {others.map((one) => (
            <option key={one.version} value={one.version}>
              {t('one.option', { version: one.version, status: t(`status.${one.status}`) })}
            </option>
          ))}
        </select>
      </p>
      <Answer query={before}>
        {(old) => <Answer query={now}>{(text) => <Changes before={old.yaml} after={text.yaml} library={library} />}</Answer>}
      </Answer>
    </>
  );
}

function Changes({
  before,
  after,
  library,
}: {
  readonly before: string;
  readonly after: string;
  readonly library: Library | undefined;
}): ReactElement {
  const { t } = useTranslation('schemes');
  const words = useWords();
  const [old, now] = useMemo(() => [readYaml(before).plain, readYaml(after).plain] as const, [before, after]);
  const changes = useMemo(() => changesBetween(old, now), [old, now]);
  const lines = useMemo(() => linesBetween(before, after), [before, after]);
  const books = [bookOf(old, library, words.inFormula), bookOf(now, library, words.inFormula)] as const;
  const placeOf = ({ place }: Change): string =>
    place
      .map((part) => part.title ?? (part.of === undefined ? words.field(part.name) : (books[1].titleOf(part.name) ?? part.name)))
      .join(' › ');
  return (
    <>
      <DataTable<Change>
        label={t('difference.title')}
        rows={changes}
        rowKey={({ path }) => path}
        columns={[
          { key: 'place', title: t('difference.place'), primary: true, render: placeOf },
          {
            key: 'before',
            title: t('difference.before'),
            render: (row) => (row.before === undefined ? t('difference.absent') : books[0].constant(row.before)),
          },
          {
            key: 'after',
            title: t('difference.after'),
            render: (row) => (row.after === undefined ? t('difference.absent') : books[1].constant(row.after)),
          },
        ]}
        empty={<p className="soft">{t('difference.none')}</p>}
      />
      <details>
        <summary>{t('difference.lines')}</summary>
        <pre className="source" tabIndex={0} role="region" aria-label={t('difference.lines')}>
          {lines.map(({ sign, text }, index) => (
            <div key={`${index} ${text}`} className={sign === '-' ? 'gone' : sign === '+' ? 'come' : undefined}>
              {sign} {text}
            </div>
          ))}
        </pre>
      </details>
    </>
  );
}
