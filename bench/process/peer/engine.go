package main

import (
	"errors"
	"fmt"
	"math/bits"
	"strconv"
	"time"
)

const (
	unit        = 1_000     // quantities are in thousandths
	whole       = 1_000_000 // 100 percent
	maxSubtotal = 1e15
)

var errTooHigh = errors.New("the subtotal is too high")

type cartLine struct {
	sku         string
	tags        []string
	thousandths int64
	micros      int64 // price of a unit in millionths
	floor       int64 // lowest price of the line
	taxRate     int64 // in ten-thousandths of a percent
}

type cart struct {
	currency             string
	minorUnit            int64 // in millionths
	lines                []cartLine
	customer             string
	group, channel       string
	pricesIncludeTax     bool
	codes                []string
	uses, usesByCustomer map[string]int64
}

type discount struct {
	rule    *rule
	version int
	label   string
	code    *string
	amount  int64
}

type pricedLine struct {
	line      cartLine
	subtotal  int64
	discounts []discount
	tax       int64
}

type lineAmount struct {
	line   int
	amount int64
}

type outcome struct {
	rule      string
	version   int
	label     string
	applied   []lineAmount
	unapplied int64
	reason    string // empty if the rule applied
	path      string
	expected  string
	found     string
}

type redemption struct {
	rule    *rule
	version int
	amount  int64
}

type quote struct {
	lines       []pricedLine
	trace       []outcome
	rejected    []string
	redemptions []redemption
}

type entry struct {
	line   int
	rule   *rule
	label  string
	amount int64
}

// The remaining amounts of the lines, and the discounts so far.
type ledger struct {
	cart                                *cart
	gross, discounted, floor, ruleStart []int64
	entries                             []entry
}

// Rounds half up.
func share(amount, part, of int64) int64 {
	high, low := bits.Mul64(uint64(amount), uint64(part))
	low, carry := bits.Add64(low, uint64(of/2), 0)
	quotient, _ := bits.Div64(high+carry, low, uint64(of))
	return int64(quotient)
}

func newLedger(c *cart) (*ledger, error) {
	n := len(c.lines)
	amounts := make([]int64, 4*n)
	l := &ledger{cart: c, gross: amounts[:n], discounted: amounts[n : 2*n], floor: amounts[2*n : 3*n], ruleStart: amounts[3*n:]}
	var subtotal int64
	for i := range c.lines {
		line := &c.lines[i]
		high, low := bits.Mul64(uint64(line.micros), uint64(line.thousandths))
		if high >= uint64(c.minorUnit*unit) {
			return nil, errTooHigh
		}
		quotient, rest := bits.Div64(high, low, uint64(c.minorUnit*unit))
		if rest*2 >= uint64(c.minorUnit*unit) {
			quotient++
		}
		l.gross[i] = int64(quotient)
		l.floor[i] = line.floor
		if subtotal += l.gross[i]; subtotal > maxSubtotal {
			return nil, errTooHigh
		}
	}
	return l, nil
}

func (l *ledger) remaining() (sum int64) {
	for i := range l.gross {
		sum += l.gross[i] - l.discounted[i]
	}
	return sum
}

// Discounts a line as far as possible; returns what was not possible.
func (l *ledger) reduce(line int, r *rule, label string, wanted int64) int64 {
	applied := wanted
	if most := l.gross[line] - l.discounted[line] - l.floor[line]; applied > most {
		applied = most
	}
	if applied <= 0 {
		return wanted
	}
	if label == "" {
		label = r.Label
	}
	l.discounted[line] += applied
	l.entries = append(l.entries, entry{line, r, label, applied})
	return wanted - applied
}

func contains(values []string, value string) bool {
	for _, v := range values {
		if v == value {
			return true
		}
	}
	return false
}

func (t *target) matches(line *cartLine) bool {
	if len(t.Skus) == 0 && len(t.Tags) == 0 {
		return true
	}
	if contains(t.Skus, line.sku) {
		return true
	}
	for _, tag := range line.tags {
		if contains(t.Tags, tag) {
			return true
		}
	}
	return false
}

// Returns why a condition does not hold.
func (l *ledger) check(c *condition) (expected, found string, ok bool) {
	switch c.Type {
	case "min_subtotal":
		left := l.remaining()
		return strconv.FormatInt(c.Min, 10), strconv.FormatInt(left, 10), left >= c.Min
	case "min_quantity":
		var sum int64
		for i := range l.cart.lines {
			sum += l.cart.lines[i].thousandths
		}
		return strconv.FormatInt(c.Min, 10), strconv.FormatInt(sum, 10), sum >= c.Min
	case "contains_any_sku":
		for i := range l.cart.lines {
			if contains(c.Values, l.cart.lines[i].sku) {
				return "", "", true
			}
		}
		return fmt.Sprint(c.Values), "none", false
	case "customer_group":
		return fmt.Sprint(c.Values), l.cart.group, contains(c.Values, l.cart.group)
	case "channel":
		return fmt.Sprint(c.Values), l.cart.channel, contains(c.Values, l.cart.channel)
	}
	return c.Type, "unknown", false
}

// Returns why a rule is not eligible; nil if it is.
func (l *ledger) skipReason(r *rule, at time.Time) *outcome {
	skipped := func(reason, path, expected, found string) *outcome {
		return &outcome{rule: r.ID, version: r.Version, label: r.Label, reason: reason, path: path, expected: expected, found: found}
	}
	if r.Code != nil && !contains(l.cart.codes, *r.Code) {
		return skipped("code_not_given", "/code", "one of its codes", fmt.Sprint(l.cart.codes))
	}
	if limit := r.Limits.Total; limit != nil && l.cart.uses[r.ID] >= *limit {
		return skipped("usage_limit_reached", "/limits/total", strconv.FormatInt(*limit, 10), strconv.FormatInt(l.cart.uses[r.ID], 10))
	}
	if limit := r.Limits.PerCustomer; limit != nil && l.cart.usesByCustomer[r.ID] >= *limit {
		return skipped("per_customer_limit_reached", "/limits/perCustomer", strconv.FormatInt(*limit, 10), strconv.FormatInt(l.cart.usesByCustomer[r.ID], 10))
	}
	if r.Window.From != nil && at.Before(*r.Window.From) {
		return skipped("not_started", "/window/from", r.Window.From.String(), at.String())
	}
	if r.Window.To != nil && !at.Before(*r.Window.To) {
		return skipped("expired", "/window/to", r.Window.To.String(), at.String())
	}
	for i := range r.Conditions {
		if expected, found, ok := l.check(&r.Conditions[i]); !ok {
			return skipped("conditions_not_met", "/when/"+r.Conditions[i].Type, expected, found)
		}
	}
	return nil
}

func highestReached(tiers []tier, thousandths int64) *tier {
	for i := len(tiers) - 1; i >= 0; i-- {
		if tiers[i].From*unit <= thousandths {
			return &tiers[i]
		}
	}
	return nil
}

// Applies an effect, and returns what could not be discounted.
func (l *ledger) apply(r *rule, e *effect) (unapplied int64) {
	switch e.Type {
	case "tiered_quantity":
		var total int64
		for i := range l.cart.lines {
			if e.Scope == "target_total" && e.Target.matches(&l.cart.lines[i]) {
				total += l.cart.lines[i].thousandths
			}
		}
		for i := range l.cart.lines {
			line := &l.cart.lines[i]
			if !e.Target.matches(line) {
				continue
			}
			counted := line.thousandths
			if e.Scope == "target_total" {
				counted = total
			}
			if t := highestReached(e.Tiers, counted); t != nil {
				unapplied += l.reduce(i, r, t.Label, share(l.gross[i], t.Percent, whole))
			}
		}
	case "percent_off_order", "amount_off_order":
		var base int64
		for i := range l.cart.lines {
			if e.Target.matches(&l.cart.lines[i]) {
				base += l.gross[i]
			}
		}
		wanted := e.Amount
		if e.Type == "percent_off_order" {
			wanted = share(base, e.Percent, whole)
		}
		for i := range l.cart.lines {
			if e.Target.matches(&l.cart.lines[i]) && base > 0 {
				part := share(wanted, l.gross[i], base)
				base -= l.gross[i]
				wanted -= part
				unapplied += l.reduce(i, r, "", part)
			}
		}
	}
	return unapplied
}

func (l *ledger) evaluate(r *rule, at time.Time) outcome {
	if skipped := l.skipReason(r, at); skipped != nil {
		return *skipped
	}
	before := len(l.entries)
	copy(l.ruleStart, l.discounted)
	var unapplied int64
	for i := range r.Effects {
		unapplied += l.apply(r, &r.Effects[i])
	}
	o := outcome{rule: r.ID, version: r.Version, label: r.Label, unapplied: unapplied}
	if len(l.entries) == before {
		return l.noEffect(r, o)
	}
	var sum int64
	for i := range l.discounted {
		if amount := l.discounted[i] - l.ruleStart[i]; amount > 0 {
			o.applied = append(o.applied, lineAmount{i, amount})
			sum += amount
		}
	}
	if r.Limits.Budget != nil && sum > *r.Limits.Budget {
		copy(l.discounted, l.ruleStart)
		l.entries = l.entries[:before]
		o.applied, o.reason, o.path = nil, "budget_exceeded", "/limits/budget"
		o.expected, o.found = strconv.FormatInt(*r.Limits.Budget, 10), strconv.FormatInt(sum, 10)
	}
	return o
}

// Explains what the first effect needs.
func (l *ledger) noEffect(r *rule, o outcome) outcome {
	o.reason, o.path = "no_effect", "/effects/0"
	if e := &r.Effects[0]; e.Type == "tiered_quantity" {
		var most int64
		for i := range l.cart.lines {
			if line := &l.cart.lines[i]; e.Target.matches(line) && line.thousandths > most {
				most = line.thousandths
			}
		}
		o.path = "/effects/0/tiers/0/from"
		o.expected, o.found = "at least "+strconv.FormatInt(e.Tiers[0].From, 10), strconv.FormatInt(most/unit, 10)
	}
	return o
}

func (l *ledger) line(i int) (pricedLine, error) {
	line := pricedLine{line: l.cart.lines[i], subtotal: l.gross[i]}
	var sum int64
next:
	for _, e := range l.entries {
		if e.line != i {
			continue
		}
		sum += e.amount
		for d := range line.discounts {
			if line.discounts[d].rule == e.rule && line.discounts[d].label == e.label {
				line.discounts[d].amount += e.amount
				continue next
			}
		}
		line.discounts = append(line.discounts, discount{e.rule, e.rule.Version, e.label, e.rule.Code, e.amount})
	}
	if sum > line.subtotal {
		return line, errors.New("discounts exceed the subtotal")
	}
	if rate := line.line.taxRate; rate > 0 && l.cart.pricesIncludeTax {
		line.tax = share(line.subtotal-sum, rate, whole+rate)
	} else if rate > 0 {
		line.tax = share(line.subtotal-sum, rate, whole)
	}
	return line, nil
}

func price(c *cart, rules []*rule, at time.Time) (*quote, error) {
	l, err := newLedger(c)
	if err != nil {
		return nil, err
	}
	q := &quote{lines: make([]pricedLine, 0, len(c.lines)), trace: make([]outcome, 0, len(rules))}
	excluded := ""
	for _, r := range rules {
		if excluded != "" {
			q.trace = append(q.trace, outcome{rule: r.ID, version: r.Version, label: r.Label, reason: "excluded", path: "/exclusive", found: excluded})
			continue
		}
		o := l.evaluate(r, at)
		q.trace = append(q.trace, o)
		switch {
		case o.reason == "":
			var sum int64
			for _, a := range o.applied {
				sum += a.amount
			}
			q.redemptions = append(q.redemptions, redemption{r, r.Version, sum})
			if r.Exclusive {
				excluded = r.ID
			}
		case o.reason == "usage_limit_reached" || o.reason == "budget_exceeded":
			q.rejected = append(q.rejected, r.ID)
		}
	}
	for i := range c.lines {
		line, err := l.line(i)
		if err != nil {
			return nil, err
		}
		q.lines = append(q.lines, line)
	}
	return q, nil
}

// The share of the first units in an amount of all.
func shareOfFirst(amount, units, count int64) int64 {
	rest := amount % units
	if count < rest {
		rest = count
	}
	return amount/units*count + rest
}
