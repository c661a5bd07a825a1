import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, bodyOf } from '../../../api/client';
import { useCommand } from '../../../api/command';
import { metricsQuery } from '../../../api/metrics';
import { Answer } from '../../../pieces/answer';
import { formatList } from '../../../pieces/format';
import { Panel } from '../../../pieces/page';
import { ProblemNote } from '../../../pieces/problem-note';
import { useToast } from '../../../pieces/toast';
import { profilesQuery } from '../queries';
import type { CsvHead } from './csv-head';
import { definitionOf, draftFrom, type Facts, lacksOf, type NamedProfile, nearest, type ProfileDraft } from './profile-draft';
import { ProfileParts } from './profile-parts';
import { useProfileTitle } from './profile-title';

export interface ProfileMakerProps {
  /** The beginning of the file that it is made for. */
  readonly head: CsvHead;
  /** The profile chosen before, by name; empty for none. */
  readonly chosen: string;
  readonly onSaved: (name: string) => void;
  readonly onCancel: () => void;
}

/** An import profile made beside a file: its columns mapped to what facts need, the rest as a profile that was there has it. */
export function ProfileMaker(props: ProfileMakerProps): ReactElement {
  const { t } = useTranslation('data');
  const profiles = useQuery(profilesQuery);
  return (
    <Panel title={t('profile.title')}>
      <p className="soft">{t('profile.text')}</p>
      <Answer query={profiles}>
        {({ items }) => {
          const offered = items.flatMap((one) => (isOfFacts(one) ? [one] : []));
          const first = offered.find(({ name }) => name === props.chosen) ?? nearest(offered, props.head.header);
          return first ? <Making {...props} offered={offered} first={first} /> : null;
        }}
      </Answer>
    </Panel>
  );
}

function isOfFacts(profile: NamedProfile): profile is Facts {
  return profile.definition.kind === 'facts';
}

/** Only the profile that was chosen goes on under its name: any other is a beginning. */
const UNNAMED = { name: '', source: '' } as const;

function Making({
  head,
  chosen,
  offered,
  first,
  onSaved,
  onCancel,
}: ProfileMakerProps & { readonly offered: readonly Facts[]; readonly first: Facts }): ReactElement {
  const { t } = useTranslation(['data', 'common']);
  const say = useToast();
  const queries = useQueryClient();
  const titleOf = useProfileTitle();
  const { data: metrics } = useQuery(metricsQuery);
  const [from, setFrom] = useState(first);
  const [draft, setDraft] = useState<ProfileDraft>(() => ({ ...draftFrom(first, head), ...(first.name === chosen ? {} : UNNAMED) }));
  const save = useCommand({
    send: ({ name, source, before }: { readonly name: string; readonly source: ProfileDraft; readonly before: Facts }, header) =>
      bodyOf(
        api.PUT('/api/v1/imports/profiles/{name}', {
          params: { path: { name }, header },
          body: { definition: definitionOf(source, before, head, isSum) },
        }),
      ),
    touches: [['imports', 'profiles']],
    onDone: ({ name, version }) => {
      say(t('profile.saved', { name, version }));
      // Reading waits for what was written here, checking a file does not: it is checked once the profile can be found.
      void queries.fetchQuery({ ...profilesQuery, staleTime: 0 }).finally(() => onSaved(name));
    },
  });
  const isSum = (metric: string): boolean => metrics?.items.some((one) => one.metric === metric && one.combine === 'sum') ?? false;
  const lacks = lacksOf(draft);
  const begin = (name: string): void => {
    const next = offered.find((one) => one.name === name);
    if (!next) return;
    setFrom(next);
    setDraft({ ...draftFrom(next, head), name: draft.name, source: draft.source });
  };
  const existing = offered.find(({ name }) => name === draft.name.trim());
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (lacks.length === 0) save.mutate({ name: draft.name.trim(), source: draft, before: from });
      }}
    >
      <div className="field">
        <label htmlFor="profile-from">{t('profile.from')}</label>
        <select id="profile-from" className="plain-select" value={from.name} onChange={(event) => begin(event.target.value)}>
          {offered.map((one) => (
            <option key={one.name} value={one.name}>
              {titleOf(one)}
            </option>
          ))}
        </select>
        <span className="soft">{t('profile.fromHint')}</span>
      </div>
      <ProfileParts head={head} draft={draft} lacks={lacks} onChange={(part) => setDraft({ ...draft, ...part })} />
      {existing && (
        <p className="note warn">
          {existing.builtIn ? t('profile.overShipped', { name: titleOf(existing) }) : t('profile.overOwn', { name: existing.name })}
        </p>
      )}
      {save.error && <ProblemNote problem={save.error.problem} />}
      <div className="row">
        <Button htmlType="submit" type="primary" disabled={lacks.length > 0} loading={save.isPending} aria-describedby="profile-lacks">
          {t('profile.save')}
        </Button>
        <Button onClick={onCancel}>{t('common:cancel')}</Button>
        <span id="profile-lacks" className="soft">
          {lacks.length > 0 &&
            t('profile.lacking', {
              what: formatList(lacks.map(({ field, fact = 0 }) => t(`profile.lack.${field}`, { number: fact + 1 }))),
            })}
        </span>
      </div>
    </form>
  );
}
