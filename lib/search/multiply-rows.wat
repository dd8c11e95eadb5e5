(module
  (import "env" "memory" (memory 1))
  ;; Writes the dot product of $query and each row to $out, four rows at a time. All are addresses: of 16-bit whole
  ;; numbers, and $out of 32-bit floats; $bytes is the length of a row and of the query, a multiple of 16. Sums are
  ;; multiplied with $unit.
  (func (export "multiply")
    (param $rows i32) (param $end i32) (param $query i32) (param $bytes i32) (param $out i32) (param $unit f32)
    (local $at i32) (local $place i32) (local $q v128)
    (local $a v128) (local $b v128) (local $c v128) (local $d v128)
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $rows) (local.get $end)))
        (local.set $a (v128.const i32x4 0 0 0 0))
        (local.set $b (v128.const i32x4 0 0 0 0))
        (local.set $c (v128.const i32x4 0 0 0 0))
        (local.set $d (v128.const i32x4 0 0 0 0))
        (local.set $at (i32.const 0))
        (loop $numbers
          (local.set $q (v128.load (i32.add (local.get $query) (local.get $at))))
          (local.set $place (i32.add (local.get $rows) (local.get $at)))
          (local.set $a (i32x4.add (local.get $a) (i32x4.dot_i16x8_s (local.get $q) (v128.load (local.get $place)))))
          (local.set $place (i32.add (local.get $place) (local.get $bytes)))
          (local.set $b (i32x4.add (local.get $b) (i32x4.dot_i16x8_s (local.get $q) (v128.load (local.get $place)))))
          (local.set $place (i32.add (local.get $place) (local.get $bytes)))
          (local.set $c (i32x4.add (local.get $c) (i32x4.dot_i16x8_s (local.get $q) (v128.load (local.get $place)))))
          (local.set $place (i32.add (local.get $place) (local.get $bytes)))
          (local.set $d (i32x4.add (local.get $d) (i32x4.dot_i16x8_s (local.get $q) (v128.load (local.get $place)))))
          (local.set $at (i32.add (local.get $at) (i32.const 16)))
          (br_if $numbers (i32.lt_u (local.get $at) (local.get $bytes))))
        ;; a0+a2 b0+b2 a1+a3 b1+b3, and the same of c and d
        (local.set $a (i32x4.add
          (i8x16.shuffle 0 1 2 3 16 17 18 19 4 5 6 7 20 21 22 23 (local.get $a) (local.get $b))
          (i8x16.shuffle 8 9 10 11 24 25 26 27 12 13 14 15 28 29 30 31 (local.get $a) (local.get $b))))
        (local.set $c (i32x4.add
          (i8x16.shuffle 0 1 2 3 16 17 18 19 4 5 6 7 20 21 22 23 (local.get $c) (local.get $d))
          (i8x16.shuffle 8 9 10 11 24 25 26 27 12 13 14 15 28 29 30 31 (local.get $c) (local.get $d))))
        (v128.store (local.get $out) (f32x4.mul (f32x4.splat (local.get $unit)) (f32x4.convert_i32x4_s (i32x4.add
          (i8x16.shuffle 0 1 2 3 4 5 6 7 16 17 18 19 20 21 22 23 (local.get $a) (local.get $c))
          (i8x16.shuffle 8 9 10 11 12 13 14 15 24 25 26 27 28 29 30 31 (local.get $a) (local.get $c))))))
        (local.set $out (i32.add (local.get $out) (i32.const 16)))
        (local.set $rows (i32.add (local.get $rows) (i32.shl (local.get $bytes) (i32.const 2))))
        (br $next))))
)
