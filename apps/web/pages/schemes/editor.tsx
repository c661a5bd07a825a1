import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { lazy, type ReactElement, type ReactNode, Suspense, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAddress, useChangeAddress } from '../../pieces/address';
import { Mark } from '../../pieces/mark';
import { Panel } from '../../pieces/page';
import { Skeleton } from '../../pieces/skeleton';
import { bookOf } from './book';
import { type Check, useCheck } from './check';
import { BlockForm } from './form/block-form';
import { type Editing, EditingProvider, idOf } from './form/editing';
import { NameLists } from './form/name-lists';
import { FindingList } from './form/findings';
import { EDIT_PARTS, type EditPart, partOf, PARTS } from './form/parts';
import { type Finding, libraryQuery } from './queries';
import { PartsNav } from './parts-nav';
import { Whole } from './whole';
import { useWords } from './words';
import { type Edit, editYaml } from './yaml/edit';
import { isMembers, type Path, readYaml, type SchemeYaml } from './yaml/read';

const TryOut = lazy(() => import('./try-out').then((file) => ({ default: file.TryOut })));

/** Steps back that are kept; a step is a change of one field or of the text. */
const MOST_STEPS = 100;
const PARTS_AND_TEXT = [...EDIT_PARTS, 'yaml', 'try'] as const;

export interface EditorProps {
  readonly text: string;
  readonly onChange: (text: string) => void;
  /** Drafting, with what the checker says of the text. */
  readonly save: (check: Check, yaml: SchemeYaml) => ReactNode;
}

/** A scheme in forms that read and write its YAML, with what is wrong beside the field and the whole beside it. */
export function Editor({ text, onChange, save }: EditorProps): ReactElement {
  const { t } = useTranslation('schemes');
  const part = usePart();
  const check = useCheck(text);
  const { editing, undo } = useEditingOf(text, onChange, check.findings);
  const jump = useJump();
  const tabs = PARTS_AND_TEXT.map((key) => ({ key, label: <PartLabel part={key} findings={check.findings} /> }));
  return (
    <EditingProvider value={editing}>
      <NameLists />
      <div className="editor">
        <div className="editor-main">
          <ToChecks check={check} />
          <Panel>
            <PartsNav label={t('edit.parts')} param="part" parts={tabs} active={part} />
            <Part part={part} editing={editing} />
          </Panel>
        </div>
        <div className="editor-side">
          <Panel
            id={CHECKS}
            title={t('finding.title')}
            extra={
              <Button size="small" onClick={undo.step} disabled={undo.steps === 0}>
                {t('edit.undo')}
              </Button>
            }
          >
            <CheckState check={check} yaml={editing.yaml} />
            <FindingList findings={check.findings} onJump={jump} />
            {save(check, editing.yaml)}
          </Panel>
          {part !== 'try' && (
            <Panel title={t('whole.title')}>
              <div className="beside" tabIndex={0} role="region" aria-label={t('whole.title')}>
                <Whole yaml={editing.yaml} library={editing.library} compact />
              </div>
            </Panel>
          )}
        </div>
      </div>
    </EditingProvider>
  );
}

const CHECKS = 'checks';

/** On a narrow screen the checks stand below the form: how many there are stays in sight, and leads there. */
function ToChecks({ check }: { readonly check: Check }): ReactElement {
  const { t } = useTranslation('schemes');
  return (
    <a href={`#${CHECKS}`} className="to-checks">
      <Counts check={check} /> <span>{t('finding.toChecks')} ↓</span>
    </a>
  );
}

type AnyPart = (typeof PARTS_AND_TEXT)[number];

function usePart(): AnyPart {
  const { part } = useAddress();
  return PARTS_AND_TEXT.find((one) => one === part) ?? 'scoring';
}

function Part({ part, editing }: { readonly part: AnyPart; readonly editing: Editing }): ReactElement {
  const { t } = useTranslation('schemes');
  const { yaml } = editing;
  if (part === 'try')
    return (
      <Suspense fallback={<Skeleton />}>
        <TryOut yaml={yaml.text} />
      </Suspense>
    );
  if (part === 'yaml') return <YamlText editing={editing} />;
  if (yaml.broken) return <p className="note bad">{t('edit.broken', { line: yaml.broken.line, column: yaml.broken.column })}</p>;
  return <FormPart part={part} yaml={yaml} />;
}

function FormPart({ part, yaml }: { readonly part: EditPart; readonly yaml: SchemeYaml }): ReactElement {
  // Members that no part names stand with the basics, so that nothing of a scheme is out of sight.
  const elsewhere = EDIT_PARTS.filter((other) => other !== part).flatMap((other) => PARTS[other].map(({ name }) => name));
  const unknown = isMembers(yaml.plain)
    ? Object.keys(yaml.plain).filter((name) => !EDIT_PARTS.some((one) => PARTS[one].some((field) => field.name === name)))
    : [];
  const except = part === 'basics' ? [...elsewhere, 'language'] : [...elsewhere, ...unknown];
  const fields = EDIT_PARTS.flatMap((one) => [...PARTS[one]]);
  return <BlockForm key={part} spec={{ fields }} path={[]} except={except} />;
}

function YamlText({ editing }: { readonly editing: Editing }): ReactElement {
  const { t } = useTranslation('schemes');
  const { yaml, write } = editing;
  return (
    <div className="field">
      <label htmlFor="whole-yaml">{t('edit.yaml')}</label>
      <p className="soft" id="whole-yaml-hint">
        {t('edit.yamlHint')}
      </p>
      {yaml.broken && <p className="note bad">{t('edit.broken', { line: yaml.broken.line, column: yaml.broken.column })}</p>}
      <textarea
        id="whole-yaml"
        className="plain-input yaml"
        rows={Math.min(60, yaml.text.split('\n').length + 2)}
        spellCheck={false}
        aria-describedby="whole-yaml-hint"
        value={yaml.text}
        onChange={(event) => write(event.target.value)}
      />
    </div>
  );
}

function PartLabel({ part, findings }: { readonly part: AnyPart; readonly findings: readonly Finding[] }): ReactElement {
  const { t } = useTranslation('schemes');
  const errors = findings.filter((one) => one.severity === 'error' && placeOfEditing(one) === part).length;
  return (
    <span>
      {t(`edit.part.${part}`)}
      {errors > 0 && <span className="wrong"> ✕{errors}</span>}
    </span>
  );
}

/** Where a finding is put right: what is about no member is about the text as it is written. */
function placeOfEditing({ path }: Finding): EditPart | 'yaml' {
  const [member = ''] = path.split('.');
  return member === '' ? 'yaml' : partOf(member);
}

function Counts({ check }: { readonly check: Check }): ReactElement {
  const { t } = useTranslation('schemes');
  if (check.error) return <Mark kind="warn">{t('finding.failed')}</Mark>;
  if (!check.isCurrent) return <Mark kind="run">{t('finding.checking')}</Mark>;
  return (
    <>
      {check.errors > 0 ? (
        <Mark kind="bad">{t('finding.errors', { count: check.errors })}</Mark>
      ) : (
        <Mark kind="good">{t('finding.none')}</Mark>
      )}
      {check.warnings > 0 && <Mark kind="warn">{t('finding.warnings', { count: check.warnings })}</Mark>}
    </>
  );
}

function CheckState({ check, yaml }: { readonly check: Check; readonly yaml: SchemeYaml }): ReactElement {
  const { t } = useTranslation('schemes');
  return (
    <p role="status" className="row">
      <Counts check={check} />
      <span className="hidden">{yaml.broken ? t('edit.broken', { line: yaml.broken.line, column: yaml.broken.column }) : ''}</span>
    </p>
  );
}

interface Undo {
  readonly steps: number;
  readonly step: () => void;
}

function useEditingOf(
  text: string,
  onChange: (text: string) => void,
  findings: readonly Finding[],
): { readonly editing: Editing; readonly undo: Undo } {
  const words = useWords();
  const { data: library } = useQuery(libraryQuery);
  const yaml = useMemo(() => readYaml(text), [text]);
  // Two changes may come before the page is drawn again: each builds on the one before.
  const latest = useRef(yaml);
  useEffect(() => {
    latest.current = yaml;
  }, [yaml]);
  const [steps, setSteps] = useState<readonly string[]>([]);
  const put = useCallback(
    (next: SchemeYaml) => {
      const before = latest.current.text;
      if (next.text === before) return;
      latest.current = next;
      setSteps((now) => [...now.slice(1 - MOST_STEPS), before]);
      onChange(next.text);
    },
    [onChange],
  );
  const edit = useCallback((change: Edit) => put(editYaml(latest.current, change)), [put]);
  const write = useCallback((whole: string) => put(readYaml(whole)), [put]);
  const step = (): void => {
    const before = steps.at(-1);
    if (before === undefined) return;
    setSteps(steps.slice(0, -1));
    latest.current = readYaml(before);
    onChange(before);
  };
  const book = bookOf(yaml.plain, library, words.inFormula);
  return { editing: { yaml, edit, write, findings, book, library }, undo: { steps: steps.length, step } };
}

/** Leads from a finding to its field: the part it is edited in, then the nearest element of its place, opened and focused. */
function useJump(): (finding: Finding) => void {
  const change = useChangeAddress();
  const part = usePart();
  const [target, setTarget] = useState<{ readonly finding: Finding } | undefined>(undefined);
  const wanted = target && placeOfEditing(target.finding);
  useEffect(() => {
    if (target === undefined || wanted !== part) return;
    const element = wanted === 'yaml' ? document.getElementById('whole-yaml') : nearest(target.finding.path);
    if (!element) return;
    for (let above = element.parentElement; above; above = above.parentElement) if (above instanceof HTMLDetailsElement) above.open = true;
    element.scrollIntoView({ block: 'center' });
    element.focus({ preventScroll: true });
  }, [target, wanted, part]);
  return (finding) => {
    setTarget({ finding });
    const to = placeOfEditing(finding);
    if (to !== part) change({ part: to }, { replace: true });
  };
}

function nearest(place: string): HTMLElement | null {
  const parts: Path = place.split('.');
  for (let length = parts.length; length > 0; length -= 1) {
    const found = document.getElementById(idOf(parts.slice(0, length)));
    if (found) return found;
  }
  return null;
}
