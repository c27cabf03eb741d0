;; Sums 64-bit integers that a table of offsets names, `walks` times over, `stride` bytes further on each time. The order of a walk is in
;; the table alone, so that walks in every order run the same instructions.
;; Eight loads an iteration into four sums: a single sum would hide what a load costs behind the additions that wait for each other.
(module
  (import "lab" "memory" (memory 0))
  (func (export "sumAt") (param $base i32) (param $stride i32) (param $walks i32) (param $table i32) (param $count i32) (result i64)
    (local $at i32) (local $left i32)
    (local $a i64) (local $b i64) (local $c i64) (local $d i64)
    (block $done
      (loop $walk
        (br_if $done (i32.eqz (local.get $walks)))
        (local.set $walks (i32.sub (local.get $walks) (i32.const 1)))
        (local.set $at (local.get $table))
        (local.set $left (local.get $count))
        (block $tail
          (loop $eight
            (br_if $tail (i32.lt_u (local.get $left) (i32.const 8)))
            (local.set $a (i64.add (local.get $a) (i64.load (i32.add (local.get $base) (i32.load offset=0 (local.get $at))))))
            (local.set $b (i64.add (local.get $b) (i64.load (i32.add (local.get $base) (i32.load offset=4 (local.get $at))))))
            (local.set $c (i64.add (local.get $c) (i64.load (i32.add (local.get $base) (i32.load offset=8 (local.get $at))))))
            (local.set $d (i64.add (local.get $d) (i64.load (i32.add (local.get $base) (i32.load offset=12 (local.get $at))))))
            (local.set $a (i64.add (local.get $a) (i64.load (i32.add (local.get $base) (i32.load offset=16 (local.get $at))))))
            (local.set $b (i64.add (local.get $b) (i64.load (i32.add (local.get $base) (i32.load offset=20 (local.get $at))))))
            (local.set $c (i64.add (local.get $c) (i64.load (i32.add (local.get $base) (i32.load offset=24 (local.get $at))))))
            (local.set $d (i64.add (local.get $d) (i64.load (i32.add (local.get $base) (i32.load offset=28 (local.get $at))))))
            (local.set $at (i32.add (local.get $at) (i32.const 32)))
            (local.set $left (i32.sub (local.get $left) (i32.const 8)))
            (br $eight)))
        (block $end
          (loop $one
            (br_if $end (i32.eqz (local.get $left)))
            (local.set $a (i64.add (local.get $a) (i64.load (i32.add (local.get $base) (i32.load (local.get $at))))))
            (local.set $at (i32.add (local.get $at) (i32.const 4)))
            (local.set $left (i32.sub (local.get $left) (i32.const 1)))
            (br $one)))
        (local.set $base (i32.add (local.get $base) (local.get $stride)))
        (br $walk)))
    (i64.add (i64.add (local.get $a) (local.get $b)) (i64.add (local.get $c) (local.get $d)))))
