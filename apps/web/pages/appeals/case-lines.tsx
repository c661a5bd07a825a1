import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { type Column, DataTable } from '../../pieces/data-table';
import { Empty } from '../../pieces/empty';
import { Explained, explainScore } from '../../pieces/explain/explained';
import { formatAmount, formatExact } from '../../pieces/format';
import { Panel } from '../../pieces/page';
import { language } from '../../texts';
import type { AppealFile, CaseLine } from './appeal';
import { formatBytes } from './upload';
import { ValueShown } from './value';

/** What is contested: published, claimed, corrected and decided side by side, and how the published value came about. */
export function CaseLines({ file }: { readonly file: AppealFile }): ReactElement {
  const { t } = useTranslation('appeals');
  return (
    <Panel title={t('case.lines')} extra={<span className="soft">{file.grounds.map((one) => t(`ground.${one}`)).join(' · ')}</span>}>
      <DataTable
        label={t('case.lines')}
        rows={file.lines}
        rowKey={({ line, key }) => `${line} ${key}`}
        columns={columnsOf(file, t)}
        empty={<Empty title={t('case.onlyProcedure')} text={file.step === null ? '' : t('case.procedureStep')} />}
      />
      {file.lines.some(({ sentences }) => sentences.length > 0) && (
        <details style={{ marginTop: 12 }}>
          <summary>{t('case.howItCame')}</summary>
          {file.lines.map((line) => (
            <div key={`${line.line} ${line.key}`}>
              <h3 style={{ marginTop: 12 }}>{titleOf(line)}</h3>
              <ul>
                {line.sentences.map((sentence, index) => (
                  <li key={`${index} ${sentence}`}>{sentence}</li>
                ))}
              </ul>
            </div>
          ))}
        </details>
      )}
    </Panel>
  );
}

export function titleOf({ title, of, key }: Pick<CaseLine, 'title' | 'of' | 'key'>): string {
  const own = title?.[language()] ?? key;
  const line = of?.title[language()];
  return line === undefined || line === own ? own : `${line} · ${own}`;
}

function columnsOf(file: AppealFile, t: ReturnType<typeof useTranslation<'appeals'>>['t']): readonly Column<CaseLine>[] {
  const has = (part: (line: CaseLine) => unknown): boolean => file.lines.some((line) => part(line) !== null);
  return [
    { key: 'line', title: t('column.line'), primary: true, render: titleOf },
    {
      key: 'worth',
      title: t('column.worth'),
      number: true,
      render: ({ of, amendedTo }) => {
        if (of === null || of.value === null) return null;
        const value = formatAmount(of.value);
        const shown = file.explains ? <Explained of={explainScore(file.appraisalId, of.key)}>{value}</Explained> : value;
        return (
          <span className="was-now">
            {shown}
            {of.points !== null && ` / ${formatExact(of.points)}`}
            {amendedTo !== null && amendedTo !== of.value && <strong> → {formatAmount(amendedTo)}</strong>}
          </span>
        );
      },
    },
    {
      key: 'published',
      title: t('column.published'),
      number: true,
      render: ({ published, form }) => <ValueShown value={published} form={form} />,
    },
    { key: 'right', title: t('column.right'), number: true, render: ({ right, form }) => <ValueShown value={right} form={form} /> },
    ...(has(({ corrected }) => corrected)
      ? [
          {
            key: 'corrected',
            title: t('column.corrected'),
            number: true,
            render: ({ corrected, form }: CaseLine) => <ValueShown value={corrected} form={form} />,
          },
        ]
      : []),
    ...(file.decision === null
      ? []
      : [
          {
            key: 'decided',
            title: t('column.decided'),
            number: true,
            render: ({ decided, published, form }: CaseLine) => (
              <strong>
                <ValueShown value={decided ?? published} form={form} />
              </strong>
            ),
          },
        ]),
  ];
}

export function CaseEvidence({ file }: { readonly file: AppealFile }): ReactElement {
  const { t } = useTranslation('appeals');
  const { t: c } = useTranslation('common');
  return (
    <Panel title={t('evidence.title')}>
      {file.evidence.length === 0 && <p className="soft">{t('evidence.none')}</p>}
      <ul className="cards evidence">
        {file.evidence.map(({ hash, name, bytes }) => (
          <li key={hash} className="row">
            <a className="file-name" href={`/api/v1/appeals/${file.appealId}/evidence/${hash}`} download>
              {name ?? c('erased')}
            </a>
            <span className="soft number">{formatBytes(bytes)}</span>
            <code title={hash}>{t('evidence.hash', { hash: hash.slice(0, 12) })}</code>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
