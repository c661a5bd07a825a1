import { useQuery } from '@tanstack/react-query';
import { Button, Modal } from 'antd';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, bodyOf } from '../../api/client';
import { useCommand } from '../../api/command';
import { type Metric, metricsQuery } from '../../api/metrics';
import { hasRole, useMe } from '../../app/session';
import { useAddress, useChangeAddress } from '../../pieces/address';
import { Answer } from '../../pieces/answer';
import { type Column, DataTable } from '../../pieces/data-table';
import { Empty } from '../../pieces/empty';
import { formatExact } from '../../pieces/format';
import { Mark } from '../../pieces/mark';
import { Panel } from '../../pieces/page';
import { ProblemNote } from '../../pieces/problem-note';
import { useToast } from '../../pieces/toast';
import { language } from '../../texts';

const UNITS = ['money', 'count', 'percent', 'days', 'points'] as const;
const COMBINES = ['sum', 'last', 'mean'] as const;
const CODE = /^[a-z0-9][a-z0-9._-]{0,59}$/i;

/** What facts and targets are about; sales planning declares what the product does not bring along. */
export function MetricsPanel(): ReactElement {
  const { t } = useTranslation('data');
  const me = useMe();
  const { names = '', which } = useAddress();
  const change = useChangeAddress();
  const metrics = useQuery(metricsQuery);
  const [edited, setEdited] = useState<Metric | 'new' | undefined>(undefined);
  const mayDeclare = hasRole(me, 'planning');
  return (
    <Panel
      title={t('metrics.title')}
      id="metrics"
      extra={mayDeclare ? <Button onClick={() => setEdited('new')}>{t('metrics.declare')}</Button> : undefined}
    >
      <p className="soft">{t('metrics.text')}</p>
      <div className="filters">
        <div className="field wide">
          <label htmlFor="metric-names">{t('metrics.filter')}</label>
          <input
            id="metric-names"
            className="plain-input"
            value={names}
            onChange={(event) => change({ names: event.target.value || undefined }, { replace: true })}
          />
        </div>
        <label className="row">
          <input
            type="checkbox"
            checked={which === 'all'}
            onChange={(event) => change({ which: event.target.checked ? 'all' : undefined })}
          />
          {t('metrics.withBuiltIn')}
        </label>
      </div>
      <Answer query={metrics} lines={8}>
        {({ items }) => (
          <MetricsTable
            metrics={items.filter(
              ({ metric, title, declared }) =>
                [metric, title?.['zh-CN'], title?.en].some((name) => name?.toLowerCase().includes(names.toLowerCase())) &&
                (which === 'all' || names !== '' || declared),
            )}
            {...(mayDeclare ? { onEdit: setEdited } : {})}
          />
        )}
      </Answer>
      {edited !== undefined && <MetricForm of={edited === 'new' ? undefined : edited} onClose={() => setEdited(undefined)} />}
    </Panel>
  );
}

function MetricsTable({
  metrics,
  onEdit,
}: {
  readonly metrics: readonly Metric[];
  readonly onEdit?: (metric: Metric) => void;
}): ReactElement {
  const { t } = useTranslation('data');
  const columns: readonly Column<Metric>[] = [
    {
      key: 'metric',
      title: t('metrics.metric'),
      primary: true,
      render: ({ metric, title }) => <MetricTitle metric={metric} title={title} />,
    },
    { key: 'kind', title: t('metrics.kind'), render: ({ target }) => (target ? t('metrics.isTarget') : t('metrics.isFact')) },
    { key: 'unit', title: t('metrics.unit'), render: ({ unit }) => t(`metrics.units.${unit}`) },
    { key: 'combine', title: t('metrics.combine'), render: ({ combine }) => t(`metrics.combines.${combine}`) },
    { key: 'minimum', title: t('metrics.minimum'), number: true, render: ({ minimum }) => (minimum === null ? '' : formatExact(minimum)) },
    { key: 'owner', title: t('metrics.owner'), render: ({ owner }) => owner?.name ?? t('metrics.nobody') },
    {
      key: 'declared',
      title: t('person.source'),
      render: ({ declared }) => <Mark kind={declared ? 'run' : 'plain'}>{declared ? t('metrics.declared') : t('metrics.builtIn')}</Mark>,
    },
    ...(onEdit
      ? [
          {
            key: 'edit',
            title: '',
            render: (metric: Metric) => (
              <Button size="small" onClick={() => onEdit(metric)} aria-label={`${t('metrics.change')} ${metric.metric}`}>
                {t('metrics.change')}
              </Button>
            ),
          },
        ]
      : []),
  ];
  return (
    <DataTable
      label={t('metrics.title')}
      rows={metrics}
      rowKey={({ metric }) => metric}
      columns={columns}
      isWhole
      empty={<Empty title={t('metrics.none')} text={t('metrics.noneText')} />}
    />
  );
}

function MetricTitle({ metric, title }: Pick<Metric, 'metric' | 'title'>): ReactElement {
  return (
    <>
      {title && <div>{title[language()]}</div>}
      <code>{metric}</code>
    </>
  );
}

interface MetricDraft {
  readonly metric: string;
  readonly unit: (typeof UNITS)[number];
  readonly combine: (typeof COMBINES)[number];
  readonly minimum: string;
  readonly isMine: boolean;
}

function MetricForm({ of, onClose }: { readonly of: Metric | undefined; readonly onClose: () => void }): ReactElement {
  const { t } = useTranslation(['data', 'common']);
  const me = useMe();
  const say = useToast();
  const [draft, setDraft] = useState<MetricDraft>({
    metric: of?.metric ?? '',
    unit: of?.unit ?? 'count',
    combine: of?.combine ?? 'sum',
    minimum: of ? (of.minimum ?? '') : '0',
    isMine: of?.owner?.subject === me.subject,
  });
  const owner = draft.isMine ? me.subject : of?.owner?.subject === me.subject ? undefined : of?.owner?.subject;
  const save = useCommand({
    send: ({ metric, unit, combine, minimum }: MetricDraft, header) =>
      bodyOf(
        api.PUT('/api/v1/metrics', {
          params: { header },
          body: {
            metric: metric.trim(),
            unit,
            combine,
            ...(owner === undefined ? {} : { owner }),
            ...(minimum.trim() === '' ? {} : { minimum: minimum.trim() }),
          },
        }),
      ),
    touches: [['metrics']],
    onDone: () => {
      say(t('metrics.done', { metric: draft.metric }));
      onClose();
    },
  });
  return (
    <Modal
      open
      onCancel={onClose}
      title={of ? `${t('metrics.change')} ${of.metric}` : t('metrics.declare')}
      okText={t('metrics.save')}
      cancelText={t('common:cancel')}
      okButtonProps={{ loading: save.isPending, disabled: !CODE.test(draft.metric.trim()) }}
      onOk={() => save.mutate(draft)}
    >
      <MetricFields draft={draft} isNew={of === undefined} onChange={(part) => setDraft({ ...draft, ...part })} />
      {of?.owner && of.owner.subject !== me.subject && !draft.isMine && (
        <p className="soft">
          {t('metrics.keep')}: {of.owner.name}
        </p>
      )}
      {save.error && <ProblemNote problem={save.error.problem} />}
    </Modal>
  );
}

function MetricFields({
  draft,
  isNew,
  onChange,
}: {
  readonly draft: MetricDraft;
  readonly isNew: boolean;
  readonly onChange: (part: Partial<MetricDraft>) => void;
}): ReactElement {
  const { t } = useTranslation('data');
  return (
    <div className="stack">
      <div className="field">
        <label htmlFor="metric-name">{t('metrics.name')}</label>
        <input
          id="metric-name"
          className="plain-input"
          value={draft.metric}
          disabled={!isNew}
          maxLength={60}
          onChange={(event) => onChange({ metric: event.target.value })}
        />
      </div>
      <div className="two">
        <div className="field">
          <label htmlFor="metric-unit">{t('metrics.unit')}</label>
          <select
            id="metric-unit"
            className="plain-select"
            value={draft.unit}
            onChange={(event) => onChange({ unit: UNITS.find((one) => one === event.target.value) ?? draft.unit })}
          >
            {UNITS.map((unit) => (
              <option key={unit} value={unit}>
                {t(`metrics.units.${unit}`)}
              </option>
            ))}
          </select>
        </div>
        <div className="field">
          <label htmlFor="metric-combine">{t('metrics.combine')}</label>
          <select
            id="metric-combine"
            className="plain-select"
            value={draft.combine}
            onChange={(event) => onChange({ combine: COMBINES.find((one) => one === event.target.value) ?? draft.combine })}
          >
            {COMBINES.map((combine) => (
              <option key={combine} value={combine}>
                {t(`metrics.combines.${combine}`)}
              </option>
            ))}
          </select>
        </div>
      </div>
      <div className="field">
        <label htmlFor="metric-minimum">{t('metrics.minimum')}</label>
        <input
          id="metric-minimum"
          className="plain-input"
          inputMode="decimal"
          value={draft.minimum}
          aria-describedby="metric-minimum-why"
          onChange={(event) => onChange({ minimum: event.target.value })}
        />
        <span id="metric-minimum-why" className="soft">
          {t('metrics.noMinimum')}
        </span>
      </div>
      <label className="row">
        <input type="checkbox" checked={draft.isMine} onChange={(event) => onChange({ isMine: event.target.checked })} />
        {t('metrics.mine')}
      </label>
    </div>
  );
}
