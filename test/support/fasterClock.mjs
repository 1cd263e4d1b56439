// Loaded before a program (node --import): its clock runs CLOCK_SPEED times as fast as everybody's since CLOCK_START,
// also after a restart. Timers stay as they are.
const real = Date.now.bind(Date);
const start = Number(process.env.CLOCK_START);
const speed = Number(process.env.CLOCK_SPEED);
Date.now = () => Math.round(start + (real() - start) * speed);
