// Questions that must be answered before anything else: removing things, and nothing more.

import type { ReactNode } from 'react';
import { Dialog, DialogTrigger, Heading, Modal, ModalOverlay } from 'react-aria-components';
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
