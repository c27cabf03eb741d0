;; Six chains of additions and rotations that do not wait for each other: work for all arithmetic units of a core, and for nothing else. Whoever
;; shares the core takes some of them away, which a single chain would not notice.
(module
  (func (export "work") (param $rounds i32) (result i64)
    (local $a i64) (local $b i64) (local $c i64) (local $d i64) (local $e i64) (local $f i64)
    (local.set $b (i64.const 1))
    (local.set $c (i64.const 2))
    (local.set $d (i64.const 3))
    (local.set $e (i64.const 4))
    (local.set $f (i64.const 5))
    (loop $round
      (local.set $a (i64.add (local.get $a) (i64.const 7)))
      (local.set $b (i64.xor (local.get $b) (i64.const 13)))
      (local.set $c (i64.add (local.get $c) (i64.const 17)))
      (local.set $d (i64.xor (local.get $d) (i64.const 19)))
      (local.set $e (i64.add (local.get $e) (i64.const 23)))
      (local.set $f (i64.xor (local.get $f) (i64.const 29)))
      (local.set $a (i64.rotl (local.get $a) (i64.const 1)))
      (local.set $c (i64.rotl (local.get $c) (i64.const 3)))
      (local.set $e (i64.rotl (local.get $e) (i64.const 5)))
      (br_if $round (local.tee $rounds (i32.sub (local.get $rounds) (i32.const 1)))))
    (i64.add (i64.add (local.get $a) (local.get $b))
      (i64.add (i64.add (local.get $c) (local.get $d)) (i64.add (local.get $e) (local.get $f))))))
