import { Button } from 'antd';
import { type ReactElement, useEffect, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemError } from '../../api/problem';
import { useProblemWords } from '../../pieces/problem-words';
import { EVIDENCE_ACCEPTED, EVIDENCE_LIMITS, formatBytes, type StoredFile, uploadEvidence } from './upload';

interface Running {
  readonly key: string;
  readonly name: string;
  readonly share: number;
  readonly wrong?: string;
}

export interface EvidencePickerProps {
  readonly files: readonly StoredFile[];
  readonly onChange: (next: (files: readonly StoredFile[]) => readonly StoredFile[]) => void;
  /** Told whether a file is still on its way: what is handed in meanwhile would go without it. */
  readonly onSending: (isSending: boolean) => void;
}

/** Files of evidence: each is sent as soon as it is picked; what is refused says its name and why. */
export function EvidencePicker({ files, onChange, onSending }: EvidencePickerProps): ReactElement {
  const { t } = useTranslation('appeals');
  const id = useId();
  const words = useProblemWords();
  const [running, setRunning] = useState<readonly Running[]>([]);
  const isSending = running.some(({ wrong }) => wrong === undefined);
  useEffect(() => onSending(isSending), [onSending, isSending]);
  const change = (key: string, part: Partial<Running>): void =>
    setRunning((now) => now.map((one) => (one.key === key ? { ...one, ...part } : one)));
  const drop = (key: string): void => setRunning((now) => now.filter((one) => one.key !== key));

  const send = async (file: File): Promise<void> => {
    const key = crypto.randomUUID();
    const tooLarge = file.size > EVIDENCE_LIMITS.bytes ? t('evidence.tooLarge') : undefined;
    const wrong = file.size === 0 ? t('evidence.isEmpty') : tooLarge;
    setRunning((now) => [...now, { key, name: file.name, share: 0, ...(wrong === undefined ? {} : { wrong }) }]);
    if (wrong !== undefined) return;
    try {
      const stored = await uploadEvidence(file, (share) => change(key, { share }));
      drop(key);
      onChange((now) => [...now.filter(({ hash }) => hash !== stored.hash), stored]);
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      const { what, todo } = words(error.problem);
      change(key, { wrong: `${what} ${todo}` });
    }
  };
  const pick = (list: FileList | null): void => {
    for (const file of [...(list ?? [])].slice(0, EVIDENCE_LIMITS.files - files.length)) void send(file);
  };

  return (
    <div className="stack">
      <div className="row">
        <input
          id={id}
          className="hidden file-input"
          type="file"
          multiple
          accept={EVIDENCE_ACCEPTED}
          disabled={files.length >= EVIDENCE_LIMITS.files}
          aria-describedby={`${id}-rule`}
          onChange={(event) => {
            pick(event.target.files);
            event.target.value = '';
          }}
        />
        <label htmlFor={id} className="file-button">
          {t('evidence.pick')}
        </label>
        <span className="soft" id={`${id}-rule`}>
          {t('evidence.rule')}
        </span>
      </div>
      <ul className="cards evidence" aria-label={t('evidence.title')} aria-live="polite">
        {files.map((file) => (
          <li key={file.hash} className="row">
            <span className="file-name">{file.name}</span>
            <span className="soft number">{formatBytes(file.bytes)}</span>
            <code title={file.hash}>{t('evidence.hash', { hash: file.hash.slice(0, 12) })}</code>
            <Button
              size="small"
              onClick={() => onChange((now) => now.filter(({ hash }) => hash !== file.hash))}
              aria-label={t('evidence.removeNamed', { name: file.name })}
            >
              {t('evidence.remove')}
            </Button>
          </li>
        ))}
        {running.map(({ key, name, share, wrong }) => (
          <li key={key} className="row">
            <span className="file-name">{name}</span>
            {wrong === undefined ? (
              <progress value={share} max={1} aria-label={t('evidence.sending', { name })} />
            ) : (
              <>
                <span className="wrong" role="alert">
                  {wrong}
                </span>
                <Button size="small" onClick={() => drop(key)} aria-label={t('evidence.removeNamed', { name })}>
                  {t('evidence.remove')}
                </Button>
              </>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
