import { useQuery } from '@tanstack/react-query';
import { Button, Modal } from 'antd';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, bodyOf } from '../../api/client';
import { useCommand } from '../../api/command';
import { Answer } from '../../pieces/answer';
import { Confirm } from '../../pieces/confirm';
import { type Column, DataTable } from '../../pieces/data-table';
import { Empty } from '../../pieces/empty';
import { formatDay } from '../../pieces/format';
import { Mark } from '../../pieces/mark';
import { Panel } from '../../pieces/page';
import { ProblemNote } from '../../pieces/problem-note';
import { useToast } from '../../pieces/toast';
import type { Region } from './calendar-days';

interface Override {
  readonly day: string;
  readonly working: boolean;
  readonly reason: string;
}
interface Change {
  readonly day: string;
  readonly kind: 'off' | 'working' | 'official';
  readonly reason: string;
}

function useOverride(region: Region, onDone: (change: Change) => void) {
  return useCommand({
    send: (change: Change, header) => bodyOf(api.PUT('/api/v1/calendar/overrides', { params: { header }, body: { region, ...change } })),
    touches: [['calendar']],
    onDone: (_, change) => onDone(change),
  });
}

/** Days that the company works or not whatever the official calendar says. */
export function OverridesPanel({
  region,
  mayChange,
  onAdd,
}: {
  readonly region: Region;
  readonly mayChange: boolean;
  readonly onAdd: () => void;
}): ReactElement {
  const { t } = useTranslation('data');
  const overrides = useQuery({
    queryKey: ['calendar', 'overrides', region],
    queryFn: () => bodyOf(api.GET('/api/v1/calendar/overrides', { params: { query: { region } } })),
  });
  const columns: readonly Column<Override>[] = [
    { key: 'day', title: t('calendar.day'), primary: true, render: ({ day }) => formatDay(day) },
    {
      key: 'state',
      title: t('calendar.state'),
      render: ({ working }) => <Mark kind={working ? 'run' : 'plain'}>{working ? t('calendar.dayOn') : t('calendar.dayOff')}</Mark>,
    },
    { key: 'reason', title: t('calendar.reason'), render: ({ reason }) => reason },
    ...(mayChange ? [{ key: 'remove', title: '', render: (one: Override) => <Remove of={one} region={region} /> }] : []),
  ];
  return (
    <Panel title={t('calendar.overrides')} extra={mayChange ? <Button onClick={onAdd}>{t('calendar.add')}</Button> : undefined}>
      <Answer query={overrides}>
        {({ items }) => (
          <DataTable
            isWhole
            label={t('calendar.overrides')}
            rows={items}
            rowKey={({ day }) => day}
            columns={columns}
            empty={<Empty title={t('calendar.noOverrides')} text={t('calendar.noOverridesText')} />}
          />
        )}
      </Answer>
    </Panel>
  );
}

function Remove({ of, region }: { readonly of: Override; readonly region: Region }): ReactElement {
  const { t } = useTranslation('data');
  const say = useToast();
  const day = formatDay(of.day);
  const command = useOverride(region, () => say(t('calendar.removed', { day })));
  return (
    <Confirm
      act={t('calendar.remove')}
      what={<p>{t('calendar.removeWhat', { day })}</p>}
      problem={command.error}
      onConfirm={() => command.mutateAsync({ day: of.day, kind: 'official', reason: of.reason })}
    />
  );
}

/** One day, worked or not, and why. */
export function OverrideForm({
  day,
  region,
  onClose,
}: {
  readonly day: string;
  readonly region: Region;
  readonly onClose: () => void;
}): ReactElement {
  const { t } = useTranslation(['data', 'common']);
  const say = useToast();
  const [draft, setDraft] = useState<Change>({ day, kind: 'off', reason: '' });
  const save = useOverride(region, () => {
    say(t('calendar.saved', { day: formatDay(draft.day) }));
    onClose();
  });
  return (
    <Modal
      open
      title={t('calendar.add')}
      onCancel={onClose}
      okText={t('common:save')}
      cancelText={t('common:cancel')}
      okButtonProps={{ loading: save.isPending, disabled: draft.day === '' || draft.reason.trim() === '' }}
      onOk={() => save.mutate({ ...draft, reason: draft.reason.trim() })}
    >
      <div className="stack">
        <div className="field">
          <label htmlFor="override-day">{t('calendar.day')}</label>
          <input
            id="override-day"
            type="date"
            className="plain-input"
            value={draft.day}
            onChange={(event) => setDraft({ ...draft, day: event.target.value })}
          />
        </div>
        <fieldset className="row" style={{ border: 0, padding: 0, margin: 0 }}>
          <legend>{t('calendar.kind')}</legend>
          {(['off', 'working'] as const).map((kind) => (
            <label key={kind} className="row">
              <input type="radio" name="override-kind" checked={draft.kind === kind} onChange={() => setDraft({ ...draft, kind })} />
              {kind === 'off' ? t('calendar.dayOff') : t('calendar.dayOn')}
            </label>
          ))}
        </fieldset>
        <div className="field">
          <label htmlFor="override-reason">{t('calendar.reason')}</label>
          <input
            id="override-reason"
            className="plain-input"
            maxLength={120}
            value={draft.reason}
            onChange={(event) => setDraft({ ...draft, reason: event.target.value })}
          />
        </div>
        <p className="soft">{t('calendar.addWhat')}</p>
        {save.error && <ProblemNote problem={save.error.problem} />}
      </div>
    </Modal>
  );
}
