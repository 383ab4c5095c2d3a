// Command go runs the scenario of ../README.md with the client that openapi-generator makes.
//
// Environment: SERVER_URL, SERVER_EMAIL, SERVER_PASSWORD.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"reflect"
	"strconv"
	"time"

	"kassa.example/clients/go/kassaapi"
)

type scenario struct {
	api *kassaapi.APIClient
	ctx context.Context
	run string
	sku string
}

func main() {
	config := kassaapi.NewConfiguration()
	config.Servers = kassaapi.ServerConfigurations{{URL: required("SERVER_URL")}}
	run := strconv.FormatInt(time.Now().UnixMilli(), 36)
	s := &scenario{
		api: kassaapi.NewAPIClient(config),
		ctx: context.Background(),
		run: run,
		sku: "MUG-G-" + run,
	}
	s.signIn()
	s.createProduct()
	id := s.order(s.quote())
	s.refund(id)
	s.list()
	s.rules()
	s.errors()
	s.deleteProduct()
	s.signOut()
	fmt.Println("go: the scenario passed")
}

func (s *scenario) signIn() {
	_, response, err := s.api.OrdersAPI.ListOrders(s.ctx).Execute()
	rejected(response, err, 401, kassaapi.UNAUTHENTICATED)

	wrong := kassaapi.NewSignInRequest(required("SERVER_EMAIL"), "not the password")
	_, response, err = s.api.AccountsAPI.SignIn(s.ctx).SignInRequest(*wrong).Execute()
	rejected(response, err, 401, kassaapi.LOGIN_FAILED)

	right := kassaapi.NewSignInRequest(required("SERVER_EMAIL"), required("SERVER_PASSWORD"))
	session, response, err := s.api.AccountsAPI.SignIn(s.ctx).SignInRequest(*right).Execute()
	succeeded(response, err, 200)
	equal("email", session.User.Email, required("SERVER_EMAIL"))
	check(session.GetToken() != "", "the answer has no token")
	s.ctx = context.WithValue(s.ctx, kassaapi.ContextAccessToken, session.GetToken())
}

func (s *scenario) createProduct() {
	product := kassaapi.NewCreateProductRequest(s.sku, "Mug", "100.00", "USD")
	product.SetTags([]string{"mug"})
	created, response, err :=
		s.api.ProductsAPI.CreateProduct(s.ctx).CreateProductRequest(*product).Execute()
	succeeded(response, err, 201)
	equal("tags", created.Tags, []string{"mug"})
	check(!created.ListPrice.IsSet() || created.ListPrice.Get() == nil, "there is a list price")

	_, response, err = s.api.ProductsAPI.CreateProduct(s.ctx).CreateProductRequest(*product).Execute()
	rejected(response, err, 409, kassaapi.PRODUCT_EXISTS)
}

func (s *scenario) quote() string {
	cart := kassaapi.NewQuoteRequest(
		"USD", []kassaapi.QuoteRequestLine{*kassaapi.NewQuoteRequestLine(s.sku, 10)})
	priced, response, err := s.api.QuotesAPI.QuoteCart(s.ctx).QuoteRequest(*cart).Explain(true).Execute()
	succeeded(response, err, 200)
	equal("subtotal", priced.Subtotal, "1000.00")
	equal("total", priced.Total, "900.00")
	equal("discount", priced.Discounts[0].Amount, "100.00")
	applied := 0
	for _, entry := range priced.Trace {
		if entry.AppliedTraceEntry != nil {
			applied++
		}
	}
	equal("applied rules", applied, 1)
	return priced.PriceHash
}

func (s *scenario) order(priceHash string) string {
	request := s.orderOf(10)
	request.SetPriceHash(priceHash)
	place := func() (*kassaapi.Order, *http.Response) {
		order, response, err := s.api.OrdersAPI.PlaceOrder(s.ctx).
			PlaceOrderRequest(*request).IdempotencyKey("order-g-" + s.run).Execute()
		succeeded(response, err, 201)
		return order, response
	}
	placed, first := place()
	again, second := place()
	equal("id of the retry", again.Id, placed.Id)
	equal("Idempotent-Replayed", second.Header.Get("Idempotent-Replayed"), "true")
	equal("total", placed.Total, "900.00")
	equal("status", placed.Status, kassaapi.PLACED)

	_, response, err := s.api.OrdersAPI.PayOrder(s.ctx, placed.Id).IfMatch(`"99"`).Execute()
	rejected(response, err, 412, kassaapi.PRECONDITION_FAILED)
	paid, response, err :=
		s.api.OrdersAPI.PayOrder(s.ctx, placed.Id).IfMatch(first.Header.Get("ETag")).Execute()
	succeeded(response, err, 200)
	equal("status", paid.Status, kassaapi.PAID)
	return placed.Id
}

func (s *scenario) refund(id string) {
	request := kassaapi.NewRefundRequest()
	request.SetLines([]kassaapi.RefundRequestLine{*kassaapi.NewRefundRequestLine(s.sku, 2)})
	request.SetReason("broken")
	computed, response, err :=
		s.api.OrdersAPI.RefundOrder(s.ctx, id).RefundRequest(*request).DryRun(true).Execute()
	succeeded(response, err, 200)
	equal("refund", computed.Total, "180.00")
	check(computed.Version.Get() == nil, "a dry run has a version")
	order, response, err := s.api.OrdersAPI.FindOrder(s.ctx, id).Execute()
	succeeded(response, err, 200)
	equal("refundedTotal", order.RefundedTotal, "0.00")
}

func (s *scenario) list() {
	for i := 0; i < 2; i++ {
		request := s.orderOf(1)
		request.SetMetadata(map[string]string{"till": strconv.Itoa(i)})
		_, response, err := s.api.OrdersAPI.PlaceOrder(s.ctx).PlaceOrderRequest(*request).Execute()
		succeeded(response, err, 201)
	}
	ids := map[string]bool{}
	call := s.api.OrdersAPI.ListOrders(s.ctx).Sku(s.sku).Limit(2)
	for pages := 1; ; pages++ {
		page, response, err := call.Execute()
		succeeded(response, err, 200)
		for _, order := range page.Data {
			ids[order.Id] = true
		}
		if page.NextCursor.Get() == nil {
			equal("pages", pages, 2)
			break
		}
		call = call.Cursor(*page.NextCursor.Get())
	}
	equal("orders", len(ids), 3)

	_, response, err := s.api.OrdersAPI.ListOrders(s.ctx).Cursor("nonsense").Execute()
	rejected(response, err, 400, kassaapi.INVALID_CURSOR)
}

func (s *scenario) rules() {
	percent := kassaapi.NewPercentOffOrderEffect("percent_off_order", "15")
	percent.SetTarget(kassaapi.RuleTarget{Tags: []string{"mug"}})
	amount := kassaapi.NewAmountOffUnitsEffect("amount_off_units", "1.00")
	amount.SetTarget(kassaapi.RuleTarget{Skus: []string{s.sku}})
	shipping := kassaapi.NewPercentOffShippingEffect("percent_off_shipping", "100")
	request := kassaapi.NewCreateRuleRequest([]kassaapi.RuleEffect{
		kassaapi.PercentOffOrderEffectAsRuleEffect(percent),
		kassaapi.AmountOffUnitsEffectAsRuleEffect(amount),
		kassaapi.PercentOffShippingEffectAsRuleEffect(shipping),
	})
	request.SetName("Santa " + s.run)
	request.SetCode("SANTA-G-" + s.run)
	request.SetWhen(kassaapi.RuleCondition{
		MinSubtotal: pointer("10.00"),
		Not:         &kassaapi.RuleCondition{Channels: []string{"fax"}},
		Any: []kassaapi.RuleCondition{
			{CustomerGroups: []string{"wholesale"}},
			{All: []kassaapi.RuleCondition{
				{MinQuantity: pointer(2.0)},
				{NoSaleItems: pointer(true)},
			}},
		},
	})
	limits := kassaapi.NewRuleLimits()
	limits.SetTotal(1000)
	request.SetLimits(*limits)
	rule, response, err := s.api.RulesAPI.CreateRule(s.ctx).CreateRuleRequest(*request).Execute()
	succeeded(response, err, 201)

	found, response, err := s.api.RulesAPI.FindRule(s.ctx, rule.Id).Execute()
	succeeded(response, err, 200)
	equal("number of effects", len(found.Effects), 3)
	check(found.Effects[0].PercentOffOrderEffect != nil, "the first effect is no percentage")
	equal("percent", found.Effects[0].PercentOffOrderEffect.Percent, "15")
	check(found.Effects[1].AmountOffUnitsEffect != nil, "the second effect is no amount")

	// What is read can be sent back.
	replacement := kassaapi.ReplaceRuleRequest{}
	must(json.Unmarshal(must1(json.Marshal(found)), &replacement))
	replaced, response, err := s.api.RulesAPI.ReplaceRule(s.ctx, rule.Id).
		IfMatch(response.Header.Get("ETag")).ReplaceRuleRequest(replacement).Execute()
	succeeded(response, err, 200)
	equal("effects", replaced.Effects, found.Effects)
	equal("conditions", replaced.When, found.When)

	_, response, err = s.api.RulesAPI.ActivateRule(s.ctx, rule.Id).Execute()
	succeeded(response, err, 200)
	cart := kassaapi.NewQuoteRequest(
		"USD", []kassaapi.QuoteRequestLine{*kassaapi.NewQuoteRequestLine(s.sku, 2)})
	cart.SetCodes([]string{"santa-g-" + s.run})
	priced, response, err := s.api.QuotesAPI.QuoteCart(s.ctx).QuoteRequest(*cart).Execute()
	succeeded(response, err, 200)
	discounted := false
	for _, discount := range priced.Discounts {
		discounted = discounted || discount.RuleId == rule.Id
	}
	check(discounted, "the rule gives no discount")
	_, response, err = s.api.RulesAPI.ArchiveRule(s.ctx, rule.Id).Execute()
	succeeded(response, err, 200)
}

func (s *scenario) errors() {
	_, response, err := s.api.OrdersAPI.PlaceOrder(s.ctx).PlaceOrderRequest(*s.orderOf(0)).Execute()
	problem := rejected(response, err, 422, kassaapi.INVALID_VALUE)
	equal("pointer", problem.Errors[0].GetPointer(), "/lines/0/quantity")
	equal("code", problem.Errors[0].Code, kassaapi.VIOLATION_OUT_OF_RANGE)

	_, response, err = s.api.OrdersAPI.FindOrder(s.ctx, "999999999").Execute()
	rejected(response, err, 404, kassaapi.NOT_FOUND)
}

func (s *scenario) deleteProduct() {
	_, response, err := s.api.ProductsAPI.FindProduct(s.ctx, s.sku).Execute()
	succeeded(response, err, 200)
	response, err =
		s.api.ProductsAPI.DeleteProduct(s.ctx, s.sku).IfMatch(response.Header.Get("ETag")).Execute()
	succeeded(response, err, 204)
	_, response, err = s.api.ProductsAPI.FindProduct(s.ctx, s.sku).Execute()
	rejected(response, err, 404, kassaapi.NOT_FOUND)
}

func (s *scenario) signOut() {
	response, err := s.api.AccountsAPI.SignOut(s.ctx).Execute()
	succeeded(response, err, 204)
	_, response, err = s.api.OrdersAPI.ListOrders(s.ctx).Execute()
	rejected(response, err, 401, kassaapi.UNAUTHENTICATED)
}

func (s *scenario) orderOf(quantity float64) *kassaapi.PlaceOrderRequest {
	return kassaapi.NewPlaceOrderRequest(
		"USD", []kassaapi.PlaceOrderLine{*kassaapi.NewPlaceOrderLine(s.sku, quantity)})
}

func succeeded(response *http.Response, err error, status int) {
	must(err)
	equal("status", response.StatusCode, status)
}

// rejected returns the problem of a call that the server must reject.
func rejected(
	response *http.Response, err error, status int, code kassaapi.ProblemCode,
) kassaapi.Problem {
	var failure *kassaapi.GenericOpenAPIError
	check(errors.As(err, &failure), fmt.Sprintf("expected status %d, but: %v", status, err))
	problem, typed := failure.Model().(kassaapi.Problem)
	check(typed, fmt.Sprintf("the error is no problem: %v", failure))
	equal("status", response.StatusCode, status)
	equal("code", problem.Code, code)
	return problem
}

func required(name string) string {
	value := os.Getenv(name)
	check(value != "", name+" must be set")
	return value
}

func equal(what string, found, expected interface{}) {
	check(
		reflect.DeepEqual(found, expected),
		fmt.Sprintf("%s: expected %v, found %v", what, expected, found))
}

func must(err error) {
	var failure *kassaapi.GenericOpenAPIError
	if errors.As(err, &failure) {
		check(false, fmt.Sprintf("%v: %s", failure, failure.Body()))
	}
	check(err == nil, fmt.Sprint(err))
}

func must1[T any](value T, err error) T {
	must(err)
	return value
}

func check(holds bool, otherwise string) {
	if !holds {
		panic(otherwise)
	}
}

func pointer[T any](value T) *T {
	return &value
}
