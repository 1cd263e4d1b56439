import { cleanup } from '@testing-library/react';
import { afterEach } from 'vitest';

// Without global test functions the library cannot register this itself: one test's screen would stay for the next.
afterEach(cleanup);
