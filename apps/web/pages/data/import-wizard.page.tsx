import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../api/command';
import { type Problem, ProblemError } from '../../api/problem';
import { useMe } from '../../app/session';
import { useAddress, useChangeAddress } from '../../pieces/address';
import { Page, Panel } from '../../pieces/page';
import { ProblemNote } from '../../pieces/problem-note';
import './data.css';
import { COLUMNS, IMPORT_KINDS, type ImportKind, kindsOf } from './import-kinds';
import { ImportOptionFields, otherErrors } from './import-options';
import { ImportProblems } from './import-problems';
import { ProgressBar, useImportProgress } from './import-progress';
import { CheckedFile, ImportOutcome } from './import-result';
import { type Checked, type FileToSend, importFile, type ImportOptions, NO_OPTIONS, previewFile } from './import-send';
import { type CsvHead, readHead } from './profiles/csv-head';
import { ProfileMaker } from './profiles/profile-maker';

/** From a file to what it says: kind, file, everything that is wrong with it or what it would do, and the import. */
export function ImportWizardPage(): ReactElement {
  const { t } = useTranslation('data');
  const me = useMe();
  const { kind: named, key } = useAddress();
  const change = useChangeAddress();
  const mine = kindsOf(me);
  const kind = IMPORT_KINDS.find((one) => one === named) ?? mine[0] ?? 'people';
  const begin = (): void => change({ key: undefined });
  return (
    <Page title={t('wizard.title')} meta={<Link to="/imports">{t('wizard.toHistory')}</Link>}>
      {mine.includes(kind) ? (
        <Steps key={kind} kind={kind} running={key} onAnother={begin} />
      ) : (
        <div className="note warn">{t('wizard.denied')}</div>
      )}
    </Page>
  );
}

const newKey = (): string => `web-${crypto.randomUUID()}`;

function Steps({
  kind,
  running,
  onAnother,
}: {
  readonly kind: ImportKind;
  readonly running: string | undefined;
  readonly onAnother: () => void;
}): ReactElement {
  const change = useChangeAddress();
  const [options, setOptions] = useState<ImportOptions>(NO_OPTIONS);
  const [file, setFile] = useState<File | undefined>(undefined);
  const check = useMutation<Checked, Error, FileToSend>({ mutationFn: previewFile });
  const send = useCommand({
    send: (one: FileToSend) => importFile(one),
    touches: [['imports'], ['people'], ['targets'], ['facts']],
  });
  const [head, setHead] = useState<CsvHead | undefined>(undefined);
  const makeProfile = async (): Promise<void> => {
    if (file) setHead(await readHead(file, options.encoding));
  };
  const checkNow = (next: File, nextOptions: ImportOptions): void =>
    check.mutate({ kind, file: next, options: nextOptions, key: newKey() });
  const choose = (next: File): void => {
    setFile(next);
    setHead(undefined);
    send.reset();
    check.reset();
    if (!isSpreadsheet(next)) checkNow(next, options);
  };
  /** What was checked says nothing about the same file read in another way. */
  const changeOptions = (part: Partial<ImportOptions>): void => {
    setOptions({ ...options, ...part });
    if (part.encoding !== undefined) setHead(undefined);
    check.reset();
  };
  const chooseProfile = (profile: string): void => {
    const next = { ...options, profile };
    setOptions(next);
    setHead(undefined);
    if (file) checkNow(file, next);
  };
  const canMake = kind === 'facts' && file !== undefined && !isSpreadsheet(file);
  const importChecked = (checked: FileToSend): void => {
    const key = newKey();
    change({ kind, key });
    send.mutate({ ...checked, key });
  };
  if (running !== undefined) {
    return (
      <ImportOutcome
        progressKey={running}
        kind={kind}
        answer={send.data}
        problem={send.error && !send.error.isPassing ? send.error.problem : undefined}
        isSending={send.isPending}
        onAnother={() => {
          setFile(undefined);
          check.reset();
          send.reset();
          onAnother();
        }}
      />
    );
  }
  return (
    <>
      <KindPanel kind={kind} />
      <FilePanel
        kind={kind}
        options={options}
        file={file}
        errors={check.error instanceof ProblemError ? (check.error.problem.errors ?? []) : []}
        onOptions={changeOptions}
        onFile={choose}
        onCheck={checkNow}
        onMakeProfile={canMake ? () => void makeProfile() : undefined}
      />
      {head === undefined ? (
        <CheckPanel check={check} onImport={importChecked} />
      ) : (
        <ProfileMaker head={head} chosen={options.profile} onSaved={chooseProfile} onCancel={() => setHead(undefined)} />
      )}
    </>
  );
}

/** By its name: the API reads CSV. */
function isSpreadsheet(file: File): boolean {
  return /\.(xlsx?|xlsm|numbers|ods)$/i.test(file.name);
}

function KindPanel({ kind }: { readonly kind: ImportKind }): ReactElement {
  const { t } = useTranslation('data');
  const me = useMe();
  const change = useChangeAddress();
  const mine = kindsOf(me);
  return (
    <Panel title={t('wizard.kind')}>
      <fieldset className="kinds">
        <legend className="hidden">{t('wizard.kind')}</legend>
        {mine.map((one) => (
          <label key={one}>
            <input type="radio" name="kind" value={one} checked={one === kind} onChange={() => change({ kind: one })} />
            <span>
              <strong>{t(`imports.kinds.${one}`)}</strong>
              <br />
              <span className="soft">{t(`wizard.hints.${one}`)}</span>
            </span>
          </label>
        ))}
      </fieldset>
      <p>
        <TemplateLink kind={kind} />
      </p>
      <p className="soft">
        {t('wizard.columns')}: <code>{COLUMNS[kind].all.join(', ')}</code>
        {COLUMNS[kind].required.length < COLUMNS[kind].all.length && (
          <>
            <br />
            {t('wizard.required')}: <code>{COLUMNS[kind].required.join(', ')}</code>
          </>
        )}
      </p>
    </Panel>
  );
}

/** The header alone: a row of example would be imported by somebody. */
function TemplateLink({ kind }: { readonly kind: ImportKind }): ReactElement {
  const { t } = useTranslation('data');
  const download = (): void => {
    const url = URL.createObjectURL(new Blob([`\uFEFF${COLUMNS[kind].all.join(',')}\r\n`], { type: 'text/csv' }));
    const link = document.createElement('a');
    link.href = url;
    link.download = `${kind}-template.csv`;
    link.click();
    URL.revokeObjectURL(url);
  };
  return <Button onClick={download}>{t('wizard.template')}</Button>;
}

interface FilePanelProps {
  readonly kind: ImportKind;
  readonly options: ImportOptions;
  readonly file: File | undefined;
  readonly errors: NonNullable<Problem['errors']>;
  readonly onMakeProfile: (() => void) | undefined;
  readonly onOptions: (part: Partial<ImportOptions>) => void;
  readonly onFile: (file: File) => void;
  readonly onCheck: (file: File, options: ImportOptions) => void;
}

function FilePanel({ kind, options, file, errors, onOptions, onFile, onCheck, onMakeProfile }: FilePanelProps): ReactElement {
  const { t } = useTranslation('data');
  return (
    <Panel title={t('wizard.fileTitle')}>
      <details style={{ marginBottom: 12 }} open={kind === 'facts'}>
        <summary>{t('wizard.options')}</summary>
        <ImportOptionFields kind={kind} options={options} errors={errors} onChange={onOptions} onMakeProfile={onMakeProfile} />
      </details>
      <div className="row">
        <input
          id="file"
          type="file"
          className="hidden"
          accept=".csv,text/csv,.xlsx,.xls"
          aria-describedby="file-hint"
          onChange={(event) => {
            const [chosen] = event.target.files ?? [];
            if (chosen) onFile(chosen);
            // The same file, corrected, may be chosen again.
            event.target.value = '';
          }}
        />
        <label htmlFor="file" className="file-choose">
          {t('wizard.file')}
        </label>
        {file && !isSpreadsheet(file) && (
          <>
            <strong>{file.name}</strong>
            <Button onClick={() => onCheck(file, options)}>{t('wizard.again')}</Button>
          </>
        )}
      </div>
      <p id="file-hint" className="soft">
        {t('wizard.fileHint')}
      </p>
      {file && isSpreadsheet(file) && (
        <div className="note warn" role="alert">
          {t('wizard.xlsx')}
        </div>
      )}
    </Panel>
  );
}

/** What a field is wrong with stands beside it. */
function RefusedOptions({ problem }: { readonly problem: Problem }): ReactElement {
  const { t } = useTranslation('data');
  const { errors = [] } = problem;
  const others = otherErrors(errors);
  if (errors.length > 0 && others.length === 0)
    return (
      <div className="note bad" role="alert">
        {t('wizard.seeFields')}
      </div>
    );
  return <ProblemNote problem={{ ...problem, errors: [...others] }} />;
}

interface CheckPanelProps {
  readonly check: ReturnType<typeof useMutation<Checked, Error, FileToSend>>;
  readonly onImport: (checked: FileToSend) => void;
}

function CheckPanel({ check, onImport }: CheckPanelProps): ReactElement | null {
  const { t } = useTranslation('data');
  const live = useImportProgress(check.isPending ? check.variables.key : undefined);
  if (check.isIdle) return null;
  if (check.isPending) {
    return (
      <Panel>
        <ProgressBar live={live} title={t('wizard.checking', { name: check.variables.file.name })} />
      </Panel>
    );
  }
  if (check.error) {
    if (!(check.error instanceof ProblemError)) throw check.error;
    const { problem } = check.error;
    return <Panel>{problem.code === 'import.refused' ? <ImportProblems problem={problem} /> : <RefusedOptions problem={problem} />}</Panel>;
  }
  return <CheckedFile checked={check.data} onImport={() => onImport(check.variables)} />;
}
