import { describe, expect, it } from 'vitest';
import { sentDifferences } from './sentDifferences.ts';

describe('a body as it was sent and as the server keeps it', () => {
  it.each<[string, string, string, string[]]>([
    ['is the same', '<p>Hello <b>you</b></p>', '<p>Hello <b>you</b></p>', []],
    ['is spelled otherwise', '<p>One<br>two</p>', '<p>One<br />\n two</p>', []],
    ['has other names for the same', '<p><strong>Now</strong></p>', '<p><b>Now</b></p>', []],
    ['lost characters', '<p>Fine 👍</p>', '<p>Fine ????</p>', ['characters']],
    ['has question marks of its own', '<p>What????</p>', '<p>What????</p>', []],
    ['was cut', `<p>${'word '.repeat(50)}end</p>`, `<p>${'word '.repeat(30)}wo`, ['cut']],
    ['was cut after lost characters', '<p>👍 and more</p>', '<p>???? and', ['characters', 'cut']],
    ['came back empty', '<p>Words</p>', '', ['text']],
    ['has other words', '<p>Call me</p>', '<p>Call me not</p>', ['text']],
    ['lost its heading', '<h2>One</h2>', '<p>One</p>', ['formatting']],
    ['lost a picture', '<p>See <img src="data:x"></p>', '<p>See </p>', ['formatting']],
    ['lost a link', '<p><a href="tel:1">Call</a></p>', '<p>Call</p>', ['formatting']],
  ])('%s', (_name, sent, stored, kinds) => expect(sentDifferences(sent, stored)).toEqual(kinds));
});
