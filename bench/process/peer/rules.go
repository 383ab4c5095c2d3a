package main

import (
	"encoding/json"
	"errors"
	"time"
)

// Rules are data: read from JSON, evaluated by the engine.
type rule struct {
	ID      string
	Version int
	Label   string `json:"name"`
	Code    *string
	Window  struct{ From, To *time.Time }
	Limits  struct {
		Total, PerCustomer *int64
		Budget             *int64 // in minor units
	}
	Exclusive  bool
	Conditions []condition
	Effects    []effect
}

type target struct{ Skus, Tags []string }

type condition struct {
	Type   string // min_subtotal, min_quantity, contains_any_sku, customer_group, channel
	Min    int64
	Values []string
}

type tier struct {
	From    int64 `json:"from"`
	Percent int64 `json:"-"` // in ten-thousandths of one hundred percent
	Label   string
	Text    string `json:"percent"`
}

type effect struct {
	Type        string // tiered_quantity, percent_off_order, amount_off_order
	Mode, Scope string
	Target      target
	Tiers       []tier
	Percent     int64
	Amount      int64
}

// The rules of a new database.
const seed = `[{"id":"rul_01kdvdna00e008000000000001","version":1,"name":"Quantity tiers","effects":[{"type":"tiered_quantity",
	"mode":"volume","scope":"line","tiers":[{"from":10,"percent":"10","label":"Bulk 10%"},{"from":50,"percent":"20","label":"Premium 20%"}]}]}]`

func readRules(text string) ([]*rule, error) {
	var rules []*rule
	if err := json.Unmarshal([]byte(text), &rules); err != nil {
		return nil, err
	}
	for _, r := range rules {
		for e := range r.Effects {
			for t := range r.Effects[e].Tiers {
				var percent int64
				if err := json.Unmarshal([]byte(r.Effects[e].Tiers[t].Text), &percent); err != nil || percent < 0 || percent > 100 {
					return nil, errors.New("bad percent")
				}
				r.Effects[e].Tiers[t].Percent = percent * 10_000
			}
		}
	}
	return rules, nil
}
