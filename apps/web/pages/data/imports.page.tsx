import { useQuery } from '@tanstack/react-query';
import { Button, Modal } from 'antd';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, bodyOf } from '../../api/client';
import { useCommand } from '../../api/command';
import { hasRole, useMe } from '../../app/session';
import { useMetricName } from '../../pieces/metric-name';
import { useAddress, useChangeAddress } from '../../pieces/address';
import { Answer } from '../../pieces/answer';
import { ButtonLink } from '../../pieces/button-link';
import { type Column, DataTable } from '../../pieces/data-table';
import { Empty } from '../../pieces/empty';
import { formatExact, formatInstant, formatList, formatPeriod } from '../../pieces/format';
import { Mark } from '../../pieces/mark';
import { Page, Panel } from '../../pieces/page';
import { ProblemNote } from '../../pieces/problem-note';
import { useToast } from '../../pieces/toast';
import { useCellWords } from './cell-words';
import './data.css';
import { IMPORT_KINDS, kindsOf } from './import-kinds';
import type { ImportDone } from './queries';

const PAGE = 50;

/** Everything that came in by files, the latest first. */
export function ImportsPage(): ReactElement {
  const { t } = useTranslation('data');
  const me = useMe();
  const { kind: named, after } = useAddress();
  const change = useChangeAddress();
  const kind = IMPORT_KINDS.find((one) => one === named);
  const query = { limit: PAGE, ...(kind === undefined ? {} : { kind }), ...(after === undefined ? {} : { after: Number(after) }) };
  const imports = useQuery({
    queryKey: ['imports', 'list', query],
    queryFn: () => bodyOf(api.GET('/api/v1/imports', { params: { query } })),
  });
  const [aside, setAside] = useState<Facts | undefined>(undefined);
  return (
    <Page
      title={t('imports.title')}
      actions={kindsOf(me).map((one) => (
        <ButtonLink key={one} to={`/imports/new?kind=${one}`} primary>
          {t(`imports.new.${one}`)}
        </ButtonLink>
      ))}
    >
      <Panel
        title={t('imports.history')}
        extra={
          <select
            aria-label={t('imports.kind')}
            className="plain-select"
            value={kind ?? ''}
            onChange={(event) => change({ kind: event.target.value || undefined, after: undefined })}
          >
            <option value="">{t('imports.allKinds')}</option>
            {IMPORT_KINDS.map((one) => (
              <option key={one} value={one}>
                {t(`imports.kinds.${one}`)}
              </option>
            ))}
          </select>
        }
      >
        <Answer query={imports} lines={8}>
          {({ items, next }) => <ImportsTable imports={items} next={next} onAside={setAside} />}
        </Answer>
      </Panel>
      {aside && <Aside of={aside} onClose={() => setAside(undefined)} mayImport={hasRole(me, 'planning')} />}
    </Page>
  );
}

type Facts = Extract<ImportDone, { kind: 'facts' }>;

function ImportsTable({
  imports,
  next,
  onAside,
}: {
  readonly imports: readonly ImportDone[];
  readonly next: string | undefined;
  readonly onAside: (one: Facts) => void;
}): ReactElement {
  const { t } = useTranslation('data');
  const columns: readonly Column<ImportDone>[] = [
    { key: 'at', title: t('imports.at'), primary: true, render: ({ completedAt }) => formatInstant(completedAt) },
    { key: 'kind', title: t('imports.kind'), render: ({ kind }) => t(`imports.kinds.${kind}`) },
    { key: 'source', title: t('imports.source'), render: (one) => (one.kind === 'facts' ? one.source : null) },
    { key: 'result', title: t('imports.result'), render: (one) => <Result of={one} onAside={onAside} /> },
    { key: 'position', title: t('imports.position'), number: true, render: ({ position }) => formatExact(position) },
  ];
  return (
    <DataTable
      label={t('imports.history')}
      rows={imports}
      rowKey={({ importId }) => importId}
      columns={columns}
      next={next}
      empty={<Empty title={t('imports.empty')} text={t('imports.emptyText')} />}
    />
  );
}

function Result({ of, onAside }: { readonly of: ImportDone; readonly onAside: (one: Facts) => void }): ReactElement {
  const { t } = useTranslation('data');
  const metricName = useMetricName();
  switch (of.kind) {
    case 'people':
      return <>{t('imports.of.people', of)}</>;
    case 'targets':
      return <>{t('imports.of.targets', of)}</>;
    case 'facts':
      return (
        <>
          {t('imports.of.facts', of)}
          {of.completePeriod !== null && (
            <div className="soft">
              {t('imports.complete', { period: formatPeriod(of.completePeriod), metrics: formatList(of.completeMetrics.map(metricName)) })}
            </div>
          )}
          {of.setAsideTotal > 0 && (
            <div className="row">
              <Mark kind="warn">{t('imports.setAside', { count: of.setAsideTotal })}</Mark>
              <Button size="small" onClick={() => onAside(of)}>
                {t('imports.setAsideTitle')}
              </Button>
            </div>
          )}
        </>
      );
  }
}

function Aside({
  of,
  mayImport,
  onClose,
}: {
  readonly of: Facts;
  readonly mayImport: boolean;
  readonly onClose: () => void;
}): ReactElement {
  const { t } = useTranslation(['data', 'common']);
  const say = useToast();
  const words = useCellWords();
  const rows = useQuery({
    queryKey: ['imports', of.importId, 'aside'],
    queryFn: () => bodyOf(api.GET('/api/v1/imports/facts/{importId}/set-aside', { params: { path: { importId: of.importId } } })),
  });
  const again = useCommand({
    send: (importId: string, header) =>
      bodyOf(api.POST('/api/v1/imports/facts/{importId}/set-aside', { params: { path: { importId }, header } })),
    touches: [['imports'], ['facts']],
    onDone: ({ facts, setAsideTotal }) => {
      say(t('imports.setAsideDone', { facts, setAside: setAsideTotal }));
      onClose();
    },
  });
  return (
    <Modal
      open
      title={t('imports.setAsideTitle')}
      onCancel={onClose}
      cancelText={t('common:close')}
      okText={t('imports.setAsideAgain')}
      okButtonProps={{ loading: again.isPending, hidden: !mayImport }}
      onOk={() => again.mutate(of.importId)}
    >
      <p>{t('imports.setAsideText')}</p>
      {again.error && <ProblemNote problem={again.error.problem} />}
      <Answer query={rows}>
        {({ items }) => (
          <table className="plain">
            <thead>
              <tr>
                <th scope="col" className="number">
                  {t('imports.row')}
                </th>
                <th scope="col">{t('imports.reason')}</th>
              </tr>
            </thead>
            <tbody>
              {items.map(({ row, reason }) => (
                <tr key={row}>
                  <td className="number">{row}</td>
                  <td>{words(reason)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </Answer>
    </Modal>
  );
}
