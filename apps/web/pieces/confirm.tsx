import { Button, Modal } from 'antd';
import { type ReactElement, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProblemError } from '../api/problem';
import { ProblemNote } from './problem-note';

export interface ConfirmProps {
  /** The act as a verb: on the button and on the button that does it. */
  readonly act: string;
  /** What happens, and to how many people. */
  readonly what: ReactNode;
  readonly onConfirm: () => Promise<unknown>;
  readonly problem?: ProblemError | null;
  readonly danger?: boolean;
  readonly primary?: boolean;
  /** Why it can't be done now: the button is there and says so. */
  readonly blocked?: string | undefined;
  /** False while what is asked for in `what` is not filled in. */
  readonly ready?: boolean;
}

/** An act that can't be undone: says what will happen and asks once. */
export function Confirm({
  act,
  what,
  onConfirm,
  problem,
  danger = false,
  primary = false,
  blocked,
  ready = true,
}: ConfirmProps): ReactElement {
  const { t } = useTranslation('common');
  const [isOpen, setOpen] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const confirm = async (): Promise<void> => {
    setBusy(true);
    try {
      await onConfirm();
      setOpen(false);
    } catch {
      // Said by `problem`; the question stays open with all that was written.
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <Button
        danger={danger}
        type={primary ? 'primary' : 'default'}
        disabled={blocked !== undefined}
        title={blocked}
        onClick={() => setOpen(true)}
      >
        {act}
      </Button>
      {blocked !== undefined && <span className="soft">{blocked}</span>}
      <Modal
        open={isOpen}
        onCancel={() => setOpen(false)}
        title={act}
        okText={act}
        cancelText={t('cancel')}
        okButtonProps={{ danger, loading: isBusy, disabled: !ready }}
        onOk={() => void confirm()}
        destroyOnHidden
      >
        {what}
        {problem && <ProblemNote problem={problem.problem} />}
      </Modal>
    </>
  );
}
