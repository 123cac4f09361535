/** What a teacher does at the Playground, always with the newest card that has it. */
import type { Page } from 'playwright-core'

export interface Teacher {
  /** Waits until this stands somewhere. */
  sees(text: string | RegExp): Promise<void>
  fill(label: string, text: string): Promise<void>
  /** Checks one of the options that are all shown. */
  choose(option: string | RegExp): Promise<void>
  /** Checks one of several that may be chosen together. */
  tick(option: string): Promise<void>
  /** Picks an option from a list that opens. */
  pick(list: string, option: string): Promise<void>
  press(title: string): Promise<void>
  /** Presses a button that there was no room for: it is behind three dots. */
  pressAmongMore(title: string): Promise<void>
  /** Goes to another chat. */
  open(chat: string): Promise<void>
  type(text: string): Promise<void>
}

export function teacherAt(pageOf: () => Page): Teacher {
  return {
    sees: (text) => pageOf().getByText(text).last().waitFor({ timeout: 10_000 }),
    fill: (label, text) => pageOf().getByRole('textbox', { name: label }).last().fill(text),
    choose: (option) => pageOf().getByRole('radio', { name: option, exact: true }).last().check(),
    tick: (option) => pageOf().getByText(option, { exact: true }).last().click(),
    async pick(list, option) {
      await pageOf().getByRole('combobox', { name: list }).last().click()
      await pageOf().getByRole('option', { name: option, exact: true }).click()
    },
    press: (title) => pageOf().getByRole('button', { name: title, exact: true }).last().click(),
    async pressAmongMore(title) {
      await pageOf().locator('button', { hasText: '...' }).last().click()
      await pageOf().getByRole('menuitem', { name: title }).last().click()
    },
    open: (chat) => pageOf().getByText(chat, { exact: true }).first().click(),
    async type(text) {
      const composer = pageOf().getByRole('textbox').last()
      await composer.click()
      await composer.pressSequentially(text)
      await pageOf().keyboard.press('Enter')
    },
  }
}
