package main

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
)

type cart struct {
	Currency string     `json:"currency"`
	Lines    []cartLine `json:"lines"`
}

type cartLine struct {
	Sku       string `json:"sku"`
	Quantity  int64  `json:"quantity"`
	UnitPrice string `json:"unitPrice"`
}

// The two tiers of the built-in rule.
const ruleID = "rul_01kdvdna00e008000000000001"

var tiers = [...]struct {
	from, percent int64
	label         string
}{{0, 0, ""}, {10, 10, "Bulk 10%"}, {50, 20, "Premium 20%"}}

type lineDiscount struct {
	RuleID  string `json:"ruleId"`
	Version int    `json:"ruleVersion"`
	Label   string `json:"label"`
	Amount  string `json:"amount"`
}

type discount struct {
	RuleID  string  `json:"ruleId"`
	Version int     `json:"ruleVersion"`
	Label   string  `json:"label"`
	Code    *string `json:"code"`
	Amount  string  `json:"amount"`
}

type line struct {
	Sku           string         `json:"sku"`
	Quantity      int64          `json:"quantity"`
	UnitPrice     string         `json:"unitPrice"`
	Subtotal      string         `json:"subtotal"`
	DiscountTotal string         `json:"discountTotal"`
	TaxTotal      string         `json:"taxTotal"`
	Total         string         `json:"total"`
	Discounts     []lineDiscount `json:"discounts"`

	unit, gross, discount int64
	tier                  int
}

// The part that a quote and an order share.
type price struct {
	currency        string
	lines           []line
	gross, discount int64
}

type nextTier struct {
	Sku         string `json:"sku"`
	AddQuantity int64  `json:"addQuantity"`
	Label       string `json:"label"`
	NewTotal    string `json:"newTotal"`
}

type quote struct {
	Currency      string     `json:"currency"`
	Subtotal      string     `json:"subtotal"`
	DiscountTotal string     `json:"discountTotal"`
	ShippingTotal string     `json:"shippingTotal"`
	TaxTotal      string     `json:"taxTotal"`
	Total         string     `json:"total"`
	Lines         []line     `json:"lines"`
	Discounts     []discount `json:"discounts"`
	Shipping      *string    `json:"shipping"`
	Taxes         []string   `json:"taxes"`
	Rejected      []string   `json:"rejected"`
	NextTiers     []nextTier `json:"nextTiers"`
	PriceHash     string     `json:"priceHash"`
}

type order struct {
	ID            string            `json:"id"`
	Number        int64             `json:"number"`
	Status        string            `json:"status"`
	CustomerID    *string           `json:"customerId"`
	CustomerGroup *string           `json:"customerGroup"`
	Channel       *string           `json:"channel"`
	Version       int               `json:"version"`
	Currency      string            `json:"currency"`
	Subtotal      string            `json:"subtotal"`
	DiscountTotal string            `json:"discountTotal"`
	ShippingTotal string            `json:"shippingTotal"`
	TaxTotal      string            `json:"taxTotal"`
	Total         string            `json:"total"`
	RefundedTotal string            `json:"refundedTotal"`
	Lines         []line            `json:"lines"`
	Discounts     []discount        `json:"discounts"`
	Shipping      *string           `json:"shipping"`
	Taxes         []string          `json:"taxes"`
	Rejected      []string          `json:"rejected"`
	PriceHash     string            `json:"priceHash"`
	Metadata      map[string]string `json:"metadata"`
	CancelReason  *string           `json:"cancelReason"`
	PlacedAt      time.Time         `json:"placedAt"`
	UpdatedAt     time.Time         `json:"updatedAt"`

	uuid  [16]byte
	price *price
}

type page struct {
	Data       []*order `json:"data"`
	NextCursor *string  `json:"nextCursor"`
}

var noMetadata = map[string]string{}

func cents(s string) (int64, error) {
	whole, part, _ := strings.Cut(s, ".")
	if len(part) > 2 || whole == "" {
		return 0, errors.New("bad amount")
	}
	return strconv.ParseInt(whole+(part + "00")[:2], 10, 64)
}

func text(c int64) string {
	b := make([]byte, 0, 20)
	b = strconv.AppendInt(b, c/100, 10)
	return string(append(b, '.', byte('0'+c/10%10), byte('0'+c%10)))
}

func tierOf(quantity int64) int {
	tier := 0
	for tier+1 < len(tiers) && quantity >= tiers[tier+1].from {
		tier++
	}
	return tier
}

func discountOf(gross int64, tier int) int64 { return (gross*tiers[tier].percent + 50) / 100 }

func priced(in *cart) (*price, error) {
	if len(in.Currency) != 3 || len(in.Lines) == 0 || len(in.Lines) > 500 {
		return nil, errors.New("bad cart")
	}
	p := &price{currency: in.Currency, lines: make([]line, 0, len(in.Lines))}
	for _, l := range in.Lines {
		unit, err := cents(l.UnitPrice)
		if err != nil || l.Sku == "" || l.Quantity < 1 || l.Quantity > 1000000 || unit < 0 || unit > 1e12 {
			return nil, errors.New("bad line")
		}
		tier := tierOf(l.Quantity)
		gross := unit * l.Quantity
		p.add(line{Sku: l.Sku, Quantity: l.Quantity, UnitPrice: l.UnitPrice, unit: unit, gross: gross, discount: discountOf(gross, tier), tier: tier})
	}
	return p, nil
}

func (p *price) add(l line) {
	l.Subtotal, l.DiscountTotal, l.TaxTotal, l.Total = text(l.gross), text(l.discount), "0.00", text(l.gross-l.discount)
	l.Discounts = []lineDiscount{}
	if l.discount > 0 {
		l.Discounts = []lineDiscount{{ruleID, 1, tiers[l.tier].label, l.DiscountTotal}}
	}
	p.lines = append(p.lines, l)
	p.gross += l.gross
	p.discount += l.discount
}

// The discounts of all lines, merged by label, in the order of first appearance.
func (p *price) discounts() []discount {
	var sums [len(tiers)]int64
	var seen []int
	for _, l := range p.lines {
		if l.discount > 0 {
			if sums[l.tier] == 0 {
				seen = append(seen, l.tier)
			}
			sums[l.tier] += l.discount
		}
	}
	merged := make([]discount, len(seen))
	for i, tier := range seen {
		merged[i] = discount{RuleID: ruleID, Version: 1, Label: tiers[tier].label, Amount: text(sums[tier])}
	}
	return merged
}

// What to add to each line for its next tier, and the total of the cart then.
func (p *price) nextTiers() []nextTier {
	hints := []nextTier{}
	for _, l := range p.lines {
		if l.tier+1 < len(tiers) && len(hints) < 20 {
			next := tiers[l.tier+1]
			gross := l.unit * next.from
			total := p.gross - p.discount - (l.gross - l.discount) + gross - discountOf(gross, l.tier+1)
			hints = append(hints, nextTier{l.Sku, next.from - l.Quantity, next.label, text(total)})
		}
	}
	return hints
}

// Equal for carts with the same content and the same prices: FNV-1a with two bases.
func (p *price) hash() string {
	b := append(make([]byte, 0, 256), p.currency...)
	for _, l := range p.lines {
		b = append(append(append(b, '\n'), l.Sku...), '\n')
		b = append(strconv.AppendInt(b, l.Quantity*1000, 10), ' ')
		b = append(strconv.AppendInt(b, l.unit*10000, 10), ' ')
		b = append(strconv.AppendInt(b, l.discount, 10), " 0 false"...)
	}
	b = append(b, "\n0"...)
	one, other := uint64(0xcbf29ce484222325), uint64(0x84222325cbf29ce4)
	for _, c := range b {
		one = (one ^ uint64(c)) * 0x100000001b3
		other = (other ^ uint64(c)) * 0x100000001b3
	}
	return fmt.Sprintf("%016x%016x", one, other)
}

func quoteOf(p *price) *quote {
	return &quote{Currency: p.currency, Subtotal: text(p.gross), DiscountTotal: text(p.discount), ShippingTotal: "0.00", TaxTotal: "0.00",
		Total: text(p.gross - p.discount), Lines: p.lines, Discounts: p.discounts(), Taxes: []string{}, Rejected: []string{},
		NextTiers: p.nextTiers(), PriceHash: p.hash()}
}

func newOrder(p *price) *order {
	now := time.Now().UTC().Truncate(time.Microsecond)
	return orderOf(p, newUUID(now), "placed", 1, 0, now, now)
}

func orderOf(p *price, id [16]byte, status string, version int, refunded int64, placedAt, updatedAt time.Time) *order {
	return &order{ID: formatID("ord", id), Status: status, Version: version, Currency: p.currency, Subtotal: text(p.gross), DiscountTotal: text(p.discount),
		ShippingTotal: "0.00", TaxTotal: "0.00", Total: text(p.gross - p.discount), RefundedTotal: text(refunded), Lines: p.lines,
		Discounts: p.discounts(), Taxes: []string{}, Rejected: []string{}, PriceHash: p.hash(), Metadata: noMetadata,
		PlacedAt: placedAt, UpdatedAt: updatedAt, uuid: id, price: p}
}
