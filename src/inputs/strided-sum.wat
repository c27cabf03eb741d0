;; Sums `count` 64-bit integers that lie `stride` bytes apart from `start` on, `passes` times over.
;; Eight loads an iteration into four sums: a single sum would hide what a load costs behind the additions that wait for each other.
(module
  (import "lab" "memory" (memory 0))
  (func (export "sum64") (param $start i32) (param $stride i32) (param $count i32) (param $passes i32) (result i64)
    (local $at i32) (local $left i32)
    (local $a i64) (local $b i64) (local $c i64) (local $d i64)
    (block $done
      (loop $pass
        (br_if $done (i32.eqz (local.get $passes)))
        (local.set $passes (i32.sub (local.get $passes) (i32.const 1)))
        (local.set $at (local.get $start))
        (local.set $left (local.get $count))
        (block $tail
          (loop $eight
            (br_if $tail (i32.lt_u (local.get $left) (i32.const 8)))
            (local.set $a (i64.add (local.get $a) (i64.load align=1 (local.get $at))))
            (local.set $at (i32.add (local.get $at) (local.get $stride)))
            (local.set $b (i64.add (local.get $b) (i64.load align=1 (local.get $at))))
            (local.set $at (i32.add (local.get $at) (local.get $stride)))
            (local.set $c (i64.add (local.get $c) (i64.load align=1 (local.get $at))))
            (local.set $at (i32.add (local.get $at) (local.get $stride)))
            (local.set $d (i64.add (local.get $d) (i64.load align=1 (local.get $at))))
            (local.set $at (i32.add (local.get $at) (local.get $stride)))
            (local.set $a (i64.add (local.get $a) (i64.load align=1 (local.get $at))))
            (local.set $at (i32.add (local.get $at) (local.get $stride)))
            (local.set $b (i64.add (local.get $b) (i64.load align=1 (local.get $at))))
            (local.set $at (i32.add (local.get $at) (local.get $stride)))
            (local.set $c (i64.add (local.get $c) (i64.load align=1 (local.get $at))))
            (local.set $at (i32.add (local.get $at) (local.get $stride)))
            (local.set $d (i64.add (local.get $d) (i64.load align=1 (local.get $at))))
            (local.set $at (i32.add (local.get $at) (local.get $stride)))
            (local.set $left (i32.sub (local.get $left) (i32.const 8)))
            (br $eight)))
        (block $end
          (loop $one
            (br_if $end (i32.eqz (local.get $left)))
            (local.set $a (i64.add (local.get $a) (i64.load align=1 (local.get $at))))
            (local.set $at (i32.add (local.get $at) (local.get $stride)))
            (local.set $left (i32.sub (local.get $left) (i32.const 1)))
            (br $one)))
        (br $pass)))
    (i64.add (i64.add (local.get $a) (local.get $b)) (i64.add (local.get $c) (local.get $d)))))
