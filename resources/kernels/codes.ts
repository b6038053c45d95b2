// AssemblyScript, compiled by `npm run kernels`: see app/engine/vector/code-kernel.ts for what lies where.

const questionHead: usize = 48;
const rowTail: usize = 16;
const none = i32x4.splat(0);

function low(codes: v128): v128 {
  return i16x8.extend_low_i8x16_s(codes);
}

function high(codes: v128): v128 {
  return i16x8.extend_high_i8x16_s(codes);
}

/** Adds eight products to four sums. */
function addProducts(sums: v128, some: v128, others: v128): v128 {
  return i32x4.add(sums, i32x4.dot_i16x8_s(some, others));
}

/** The product of 16 codes with 16 numbers of a question, added to four sums. */
function addSixteen(sums: v128, codes: v128, lowNumbers: v128, highNumbers: v128): v128 {
  return addProducts(addProducts(sums, low(codes), lowNumbers), high(codes), highNumbers);
}

function total(sums: v128): i32 {
  return (
    i32x4.extract_lane(sums, 0) +
    i32x4.extract_lane(sums, 1) +
    i32x4.extract_lane(sums, 2) +
    i32x4.extract_lane(sums, 3)
  );
}

/** Of a row with each of four questions. */
function totals(first: v128, second: v128, third: v128, fourth: v128): v128 {
  const one = i32x4.replace_lane(i32x4.splat(total(first)), 1, total(second));
  return i32x4.replace_lane(i32x4.replace_lane(one, 2, total(third)), 3, total(fourth));
}

/** Writes what a row came to, whose tail is at `tail`, with each question. */
function finish(dots: v128, tail: usize, question: usize, into: usize, mark: usize): void {
  const scaled = f32x4.mul(f32x4.convert_i32x4_s(dots), v128.load32_splat(tail));
  const products = f32x4.mul(scaled, v128.load(question));
  const most = f32x4.add(f32x4.add(products, v128.load32_splat(tail, 4)), v128.load(question, 16));
  const wanted = f32x4.min(v128.load32_splat(tail, 8), v128.load(question, 32));
  v128.store(into, products);
  store<u8>(mark, i32x4.bitmask(f32x4.ge(most, wanted)));
}

/** Four questions, two streams. */
export function compare4(
  row: usize,
  end: usize,
  question: usize,
  bytes: usize,
  gap: usize,
  into: usize,
  marks: usize,
): void {
  while (row < end) {
    let a0 = none;
    let a1 = none;
    let a2 = none;
    let a3 = none;
    let b0 = none;
    let b1 = none;
    let b2 = none;
    let b3 = none;
    let other = row + gap;
    let at = question + questionHead;
    for (const stop = row + bytes; row < stop; row += 16, other += 16, at += 128) {
      const a = v128.load(row);
      const b = v128.load(other);
      a0 = addSixteen(a0, a, v128.load(at), v128.load(at, 16));
      b0 = addSixteen(b0, b, v128.load(at), v128.load(at, 16));
      a1 = addSixteen(a1, a, v128.load(at, 32), v128.load(at, 48));
      b1 = addSixteen(b1, b, v128.load(at, 32), v128.load(at, 48));
      a2 = addSixteen(a2, a, v128.load(at, 64), v128.load(at, 80));
      b2 = addSixteen(b2, b, v128.load(at, 64), v128.load(at, 80));
      a3 = addSixteen(a3, a, v128.load(at, 96), v128.load(at, 112));
      b3 = addSixteen(b3, b, v128.load(at, 96), v128.load(at, 112));
    }
    finish(totals(a0, a1, a2, a3), row, question, into, marks);
    finish(totals(b0, b1, b2, b3), other, question, into + 16, marks + 1);
    row += rowTail;
    into += 32;
    marks += 2;
  }
}

/** Two questions, two streams. */
export function compare2(
  row: usize,
  end: usize,
  question: usize,
  bytes: usize,
  gap: usize,
  into: usize,
  marks: usize,
): void {
  while (row < end) {
    let a0 = none;
    let a1 = none;
    let b0 = none;
    let b1 = none;
    let other = row + gap;
    let at = question + questionHead;
    for (const stop = row + bytes; row < stop; row += 16, other += 16, at += 64) {
      const a = v128.load(row);
      const b = v128.load(other);
      a0 = addSixteen(a0, a, v128.load(at), v128.load(at, 16));
      b0 = addSixteen(b0, b, v128.load(at), v128.load(at, 16));
      a1 = addSixteen(a1, a, v128.load(at, 32), v128.load(at, 48));
      b1 = addSixteen(b1, b, v128.load(at, 32), v128.load(at, 48));
    }
    finish(totals(a0, a1, none, none), row, question, into, marks);
    finish(totals(b0, b1, none, none), other, question, into + 16, marks + 1);
    row += rowTail;
    into += 32;
    marks += 2;
  }
}

/** One question, four streams. */
export function compare1(
  row: usize,
  end: usize,
  question: usize,
  bytes: usize,
  gap: usize,
  into: usize,
  marks: usize,
): void {
  while (row < end) {
    let a = none;
    let b = none;
    let c = none;
    let d = none;
    let at = question + questionHead;
    for (const stop = row + bytes; row < stop; row += 16, at += 32) {
      const lowNumbers = v128.load(at);
      const highNumbers = v128.load(at, 16);
      a = addSixteen(a, v128.load(row), lowNumbers, highNumbers);
      b = addSixteen(b, v128.load(row + gap), lowNumbers, highNumbers);
      c = addSixteen(c, v128.load(row + 2 * gap), lowNumbers, highNumbers);
      d = addSixteen(d, v128.load(row + 3 * gap), lowNumbers, highNumbers);
    }
    finish(totals(a, none, none, none), row, question, into, marks);
    finish(totals(b, none, none, none), row + gap, question, into + 16, marks + 1);
    finish(totals(c, none, none, none), row + 2 * gap, question, into + 32, marks + 2);
    finish(totals(d, none, none, none), row + 3 * gap, question, into + 48, marks + 3);
    row += rowTail;
    into += 64;
    marks += 4;
  }
}
