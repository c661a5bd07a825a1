import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, bodyOf } from '../../api/client';
import { useCommand } from '../../api/command';
import { hasRole, useMe } from '../../app/session';
import { useAddress } from '../../pieces/address';
import { Answer } from '../../pieces/answer';
import { useDraft } from '../../pieces/draft';
import { Page } from '../../pieces/page';
import { ProblemNote } from '../../pieces/problem-note';
import { DeniedPage } from '../../pieces/refusal';
import { useToast } from '../../pieces/toast';
import type { Check } from './check';
import { Editor } from './editor';
import { type BoardVersion, boardQuery, type TemplateId, templatesQuery, versionQuery } from './queries';
import { inLanguage } from './words';
import { editYaml } from './yaml/edit';
import { plainAt, readYaml, type SchemeYaml } from './yaml/read';
import './schemes.css';

const BLANK = `language: 1
id: our-scheme
title: { zh-CN: 我们的方案, en: Our scheme }

parameters: {}
facts: {}
ratings: {}

periods:
  month: { kind: scored }

points: 100
sections:
  - key: results
    title: { zh-CN: 业绩, en: Results }
    points: 100
    indicators:
      - { use: completion, points: 100 }

review:
  - { step: manager-review, by: direct-manager, late: hold }

schedule:
  month:
    - { phase: manager-review, kind: days, first: 1, last: 5 }
    - { phase: publication, kind: working-days, days: 2, after: manager-review }
    - { phase: confirmation, kind: working-days, days: 5, after: publication }
    - { phase: appeals, kind: working-days, days: 5, after: publication }
`;

/** A new scheme: from a template, or from the smallest there is. */
export function NewSchemePage(): ReactElement {
  const { t } = useTranslation('schemes');
  const { template } = useAddress();
  const templates = useQuery(templatesQuery);
  const board = useQuery(boardQuery());
  return (
    <MayDraft>
      <Answer query={board}>
        {(versions) => (
          <Answer query={templates}>
            {(items) => {
              const found = items.find(({ id }) => id === template);
              const text = withFreeId(found?.yaml ?? BLANK, versions);
              return (
                <Draft
                  place={`new.${template ?? 'blank'}`}
                  title={t('new.title')}
                  meta={found ? t('new.from', { title: inLanguage(found.title) }) : t('new.blank')}
                  text={text}
                  template={found?.id}
                  based={0}
                />
              );
            }}
          </Answer>
        )}
      </Answer>
    </MayDraft>
  );
}

/** A template's id is taken as soon as the first scheme was made from it. */
function withFreeId(text: string, versions: readonly BoardVersion[]): string {
  const yaml = readYaml(text);
  const id = plainAt(yaml.plain, ['id']);
  if (typeof id !== 'string') return text;
  const taken = new Set(versions.map(({ schemeId }) => schemeId));
  if (!taken.has(id)) return text;
  const free = Array.from({ length: taken.size + 1 }, (_, index) => `${id}-${index + 2}`).find((one) => !taken.has(one)) ?? id;
  return editYaml(yaml, { kind: 'set', path: ['id'], value: free }).text;
}

const route = getRouteApi('/frame/schemes/$schemeId/edit');

/** The next version of a scheme, from the newest or the one that the address names. */
export function EditSchemePage(): ReactElement {
  const { t } = useTranslation('schemes');
  const { schemeId } = route.useParams();
  const { version } = useAddress();
  const board = useQuery(boardQuery(schemeId));
  const newest = board.data?.at(-1)?.version;
  const from = Number(version ?? newest ?? 0);
  const query = useQuery({ ...versionQuery(schemeId, from), enabled: newest !== undefined && from > 0 });
  return (
    <MayDraft>
      <Answer query={board}>
        {(versions) =>
          versions.length === 0 ? (
            <p className="empty">{t('one.none', { schemeId })}</p>
          ) : (
            <Answer query={query}>
              {({ yaml, title }) => (
                <Draft
                  place={`${schemeId}.${from}`}
                  title={t('edit.title')}
                  meta={t('edit.from', { title: inLanguage(title), version: from })}
                  text={yaml}
                  schemeId={schemeId}
                  based={newest ?? from}
                />
              )}
            </Answer>
          )
        }
      </Answer>
    </MayDraft>
  );
}

function MayDraft({ children }: { readonly children: ReactElement }): ReactElement {
  return hasRole(useMe(), 'hr') ? children : <DeniedPage roles={['hr']} />;
}

interface DraftProps {
  readonly place: string;
  readonly title: string;
  readonly meta: string;
  /** What the draft starts from. */
  readonly text: string;
  readonly schemeId?: string | undefined;
  readonly template?: TemplateId | undefined;
  /** The newest version when it was taken up; 0 for a new scheme. */
  readonly based: number;
}

interface Kept {
  readonly text: string;
  readonly based: number;
}

function Draft({ place, title, meta, text, schemeId, template, based }: DraftProps): ReactElement {
  const { t } = useTranslation('schemes');
  const me = useMe();
  const { draft, set, drop, kept } = useDraft<Kept>(`scheme.${me.subject}.${place}`, { text, based });
  return (
    <Page
      title={title}
      meta={meta}
      actions={
        <>
          {kept && draft.text !== text && (
            <Button onClick={drop} title={t('edit.dropWhy')}>
              {t('edit.drop')}
            </Button>
          )}
          <Link to="/schemes" className="action-link">
            {t('edit.leave')}
          </Link>
        </>
      }
    >
      {kept && draft.text !== text && (
        <p className="soft" role="status">
          {t('edit.kept')}
        </p>
      )}
      <Editor
        text={draft.text}
        onChange={(next) => set({ text: next, based: draft.based })}
        save={(check, yaml) => (
          <Save check={check} yaml={yaml} schemeId={schemeId} template={template} based={draft.based} start={text} onSaved={drop} />
        )}
      />
    </Page>
  );
}

interface SaveProps {
  readonly check: Check;
  readonly yaml: SchemeYaml;
  readonly schemeId: string | undefined;
  readonly template: TemplateId | undefined;
  readonly based: number;
  readonly start: string;
  readonly onSaved: () => void;
}

/** Drafts the text as the next version; says why where it can't be yet. */
function Save({ check, yaml, schemeId, template, based, start, onSaved }: SaveProps): ReactElement {
  const { t } = useTranslation('schemes');
  const say = useToast();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [newer, setNewer] = useState<number | undefined>(undefined);
  const inText = plainAt(yaml.plain, ['id']);
  const id = schemeId ?? (typeof inText === 'string' ? inText : '');
  const openDraft = async (): Promise<void> => {
    const versions = await queries.fetchQuery({ ...boardQuery(id), staleTime: 0 }).catch(() => []);
    const version = versions.at(-1)?.version;
    await navigate({
      to: '/schemes/$schemeId',
      params: { schemeId: id },
      search: version === undefined ? {} : { version: String(version) },
    });
  };
  const command = useCommand({
    send: (body: { readonly yaml: string; readonly template?: TemplateId }, headers) =>
      bodyOf(api.POST('/api/v1/schemes/{schemeId}/versions', { params: { path: { schemeId: id }, header: headers }, body })),
    touches: [['schemes']],
    onDone: () => {
      onSaved();
      say(t('edit.saved'));
      void openDraft();
    },
  });
  const blocked = blockedBy(check, { t, yaml, schemeId, inText, unchanged: schemeId !== undefined && yaml.text === start });
  const save = async (anyway: boolean): Promise<void> => {
    const versions = await queries.fetchQuery({ ...boardQuery(id), staleTime: 0 });
    const newest = versions.at(-1)?.version ?? 0;
    if (!anyway && newest !== based) return setNewer(newest);
    setNewer(undefined);
    return command.mutate({ yaml: yaml.text, ...(template === undefined ? {} : { template }) });
  };
  return (
    <div className="stack">
      <Button
        type="primary"
        disabled={blocked !== undefined}
        loading={command.isPending}
        onClick={() => void save(false)}
        aria-describedby="draft-why"
      >
        {t('edit.save')}
      </Button>
      <span id="draft-why" className="soft">
        {blocked ?? (template === undefined ? t('edit.saveWhat') : t('edit.saveWhatNew', { id }))}
      </span>
      {newer !== undefined && (
        <div className="note warn" role="alert">
          <strong>{t('edit.newer', { version: newer })}</strong>
          <p>{t('edit.newerText')}</p>
          <div className="row">
            <Link to="/schemes/$schemeId" params={{ schemeId: id }} search={{ version: String(newer), tab: 'yaml' }} target="_blank">
              {t('edit.newerSee')}
            </Link>
            <Button onClick={() => void save(true)}>{t('edit.newerAnyway')}</Button>
          </div>
        </div>
      )}
      {command.error && <ProblemNote problem={command.error.problem} />}
    </div>
  );
}

interface Reasons {
  readonly t: ReturnType<typeof useTranslation<'schemes'>>['t'];
  readonly yaml: SchemeYaml;
  readonly schemeId: string | undefined;
  readonly inText: unknown;
  readonly unchanged: boolean;
}

function blockedBy(check: Check, { t, yaml, schemeId, inText, unchanged }: Reasons): string | undefined {
  if (yaml.broken) return t('edit.broken', { line: yaml.broken.line, column: yaml.broken.column });
  if (!check.isCurrent) return t('edit.waiting');
  if (check.errors > 0) return t('edit.blocked', { count: check.errors });
  if (schemeId !== undefined && inText !== schemeId) return t('edit.otherId', { schemeId });
  return unchanged ? t('edit.unchanged') : undefined;
}
