(module
  (import "env" "memory" (memory 1))
  ;; The values are 32-bit floats. "measure" and "combine" read them up to $end, four at a time; the last may be beyond
  ;; $end.

  ;; Writes the sum of the values and of their squares to $out, as 64-bit floats.
  (func (export "measure") (param $values i32) (param $end i32) (param $out i32)
    (local $v v128) (local $low v128) (local $high v128) (local $sum v128) (local $squares v128)
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $values) (local.get $end)))
        (local.set $v (v128.load (local.get $values)))
        (local.set $low (f64x2.promote_low_f32x4 (local.get $v)))
        (local.set $high (f64x2.promote_low_f32x4
          (i8x16.shuffle 8 9 10 11 12 13 14 15 8 9 10 11 12 13 14 15 (local.get $v) (local.get $v))))
        (local.set $sum (f64x2.add (local.get $sum) (f64x2.add (local.get $low) (local.get $high))))
        (local.set $squares (f64x2.add (local.get $squares) (f64x2.add
          (f64x2.mul (local.get $low) (local.get $low))
          (f64x2.mul (local.get $high) (local.get $high)))))
        (local.set $values (i32.add (local.get $values) (i32.const 16)))
        (br $next)))
    (f64.store (local.get $out) (f64.add
      (f64x2.extract_lane 0 (local.get $sum)) (f64x2.extract_lane 1 (local.get $sum))))
    (f64.store offset=8 (local.get $out) (f64.add
      (f64x2.extract_lane 0 (local.get $squares)) (f64x2.extract_lane 1 (local.get $squares)))))

  ;; Writes $oneWeight * one + $otherWeight * other + $constant to $out.
  (func (export "combine")
    (param $one i32) (param $end i32) (param $other i32) (param $out i32)
    (param $oneWeight f32) (param $otherWeight f32) (param $constant f32)
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $one) (local.get $end)))
        (v128.store (local.get $out) (f32x4.add
          (f32x4.add
            (f32x4.mul (f32x4.splat (local.get $oneWeight)) (v128.load (local.get $one)))
            (f32x4.mul (f32x4.splat (local.get $otherWeight)) (v128.load (local.get $other))))
          (f32x4.splat (local.get $constant))))
        (local.set $one (i32.add (local.get $one) (i32.const 16)))
        (local.set $other (i32.add (local.get $other) (i32.const 16)))
        (local.set $out (i32.add (local.get $out) (i32.const 16)))
        (br $next))))

  ;; Writes the places of the values that are at least $floor and above $least to $out, and returns how many there are.
  ;; Only places before $size count, although 16 values are read at a time.
  (func (export "collect")
    (param $values i32) (param $size i32) (param $floor f32) (param $least f32) (param $out i32) (result i32)
    (local $place i32) (local $group i32) (local $bits i32) (local $found i32) (local $at i32)
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $place) (local.get $size)))
        (local.set $at (i32.add (local.get $values) (i32.shl (local.get $place) (i32.const 2))))
        ;; Of most groups of 16 none is high enough.
        (if (v128.any_true (f32x4.ge
              (f32x4.pmax
                (f32x4.pmax (v128.load (local.get $at)) (v128.load offset=16 (local.get $at)))
                (f32x4.pmax (v128.load offset=32 (local.get $at)) (v128.load offset=48 (local.get $at))))
              (f32x4.splat (local.get $floor))))
          (then
            (local.set $group (i32.add (local.get $place) (i32.const 16)))
            (loop $four
              (local.set $bits (i32x4.bitmask (v128.and
                (f32x4.ge (v128.load (local.get $at)) (f32x4.splat (local.get $floor)))
                (f32x4.gt (v128.load (local.get $at)) (f32x4.splat (local.get $least))))))
              (block $none
                (loop $bit
                  (br_if $none (i32.eqz (local.get $bits)))
                  (i32.store (i32.add (local.get $out) (i32.shl (local.get $found) (i32.const 2)))
                    (i32.add (local.get $place) (i32.ctz (local.get $bits))))
                  (local.set $found (i32.add (local.get $found)
                    (i32.lt_u (i32.add (local.get $place) (i32.ctz (local.get $bits))) (local.get $size))))
                  (local.set $bits (i32.and (local.get $bits) (i32.sub (local.get $bits) (i32.const 1))))
                  (br $bit)))
              (local.set $at (i32.add (local.get $at) (i32.const 16)))
              (local.set $place (i32.add (local.get $place) (i32.const 4)))
              (br_if $four (i32.lt_u (local.get $place) (local.get $group)))))
          (else (local.set $place (i32.add (local.get $place) (i32.const 16)))))
        (br $next)))
    (local.get $found)))
