// Questions that must be answered before anything else, and short forms about what is selected.

import type { ReactNode } from 'react';
import {
  Button as AriaButton,
  Dialog,
  DialogTrigger,
  Heading,
  Modal,
  ModalOverlay,
  Popover,
} from 'react-aria-components';
import { useTranslations } from 'use-intl';
import { Button } from './Button';

export function Confirm({
  trigger,
  title,
  children,
  action,
  onConfirm,
}: {
  trigger: ReactNode;
  title: string;
  children: ReactNode;
  /** The verb on the button: what will happen, never "OK". */
  action: string;
  onConfirm: () => void;
}) {
  const t = useTranslations('page');
  return (
    <DialogTrigger>
      {trigger}
      <ModalOverlay
        isDismissable
        className="fixed inset-0 z-50 grid place-items-center overflow-y-auto bg-black/40 p-4"
      >
        <Modal className="w-full max-w-md rounded-2xl bg-surface p-6 shadow-lift animate-settle">
          <Dialog role="alertdialog" className="outline-none">
            {({ close }) => (
              <>
                <Heading slot="title" className="text-lg font-semibold">
                  {title}
                </Heading>
                <div className="mt-2 text-muted">{children}</div>
                <div className="mt-6 flex flex-wrap justify-end gap-2">
                  <Button onPress={close} autoFocus>
                    {t('cancel')}
                  </Button>
                  <Button
                    look="bad"
                    onPress={() => {
                      close();
                      onConfirm();
                    }}
                  >
                    {action}
                  </Button>
                </div>
              </>
            )}
          </Dialog>
        </Modal>
      </ModalOverlay>
    </DialogTrigger>
  );
}

/** A short form over the page, opened and closed by whoever shows it. */
export function FormDialog({
  title,
  isOpen,
  onClose,
  children,
}: {
  title: string;
  isOpen: boolean;
  onClose: () => void;
  children: ReactNode;
}) {
  return (
    <ModalOverlay
      isOpen={isOpen}
      onOpenChange={(open) => !open && onClose()}
      isDismissable
      className="fixed inset-0 z-50 grid place-items-center overflow-y-auto bg-black/40 p-4"
    >
      <Modal className="w-full max-w-lg rounded-2xl bg-surface p-6 shadow-lift animate-settle">
        <Dialog className="outline-none">
          <Heading slot="title" className="mb-4 text-lg font-semibold">
            {title}
          </Heading>
          {children}
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

/** Details of one thing beside it, without leaving the table. */
export function Details({
  label,
  title,
  face,
  tabIndex,
  className,
  children,
}: {
  label: string;
  title: string;
  face: ReactNode;
  tabIndex?: number;
  className?: string;
  children: (close: () => void) => ReactNode;
}) {
  return (
    <DialogTrigger>
      <AriaButton
        aria-label={label}
        excludeFromTabOrder={tabIndex === -1}
        className={className ?? ''}
      >
        {face}
      </AriaButton>
      <Popover className="w-72 max-w-[92vw] rounded-2xl bg-surface p-4 text-left shadow-lift ring-1 ring-line animate-settle">
        <Dialog className="outline-none">
          {({ close }) => (
            <>
              <Heading slot="title" className="mb-3 font-semibold">
                {title}
              </Heading>
              {children(close)}
            </>
          )}
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}
