// The one door to the browser driver: it is installed with the page's own packages.

export { default as Axe } from '../../web/app/node_modules/@axe-core/playwright';
export * from '../../web/app/node_modules/@playwright/test';
